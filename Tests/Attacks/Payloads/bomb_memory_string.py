# expect: status in memory,error; stdout='before\n'; error.type in MemoryError,None
# timeout: 20000
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before', flush=True)
text = 'x' * (8 << 30)
