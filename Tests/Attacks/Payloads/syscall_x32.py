# expect: status=denied; stdout='before\n'; result=None
# with: kernel
# each: 39 0 2 57 101 520 521 545 546
# The x32 numbers (bit 30) reach the same code by another door: a filter that only knows the plain
# numbers would let them pass.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before', flush=True)
said(int(each) | 0x40000000, 0, 0, 0, 0, 0)
print('after')
