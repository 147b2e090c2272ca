# expect: status in denied,crashed; stdout='before\n'; result=None
# with: kernel
# each: 0 1 4
# int 0x80 without writing any code: its two bytes occur by chance in the text of every large
# library, and ctypes calls any address. libffi leaves the number of floating arguments in eax, so
# the i386 call number is ours to choose (0 restart_syscall, 1 exit, 4 write). A kernel without
# i386 emulation faults instead.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before', flush=True)
gadget = None
for line in open('/proc/self/maps'):
    span, access, _, _, _, *name = line.split()
    if 'x' in access and 'r' in access and name and name[0].startswith('/'):
        start, end = (int(word, 16) for word in span.split('-'))
        at = ctypes.string_at(start, end - start).find(b'\xcd\x80')
        if at >= 0:
            gadget = start + at
            break
assert gadget, 'no int 0x80 in any mapped library'
floats = [ctypes.c_double(0)] * int(each)
ctypes.CFUNCTYPE(ctypes.c_long)(gadget)(*floats)
print('after')
