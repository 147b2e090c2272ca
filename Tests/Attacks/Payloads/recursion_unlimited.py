# expect: status in crashed,error,memory; stdout='before\n'
# timeout: 20000
# With the interpreter's own brake off.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import sys
print('before', flush=True)
sys.setrecursionlimit(2 ** 31 - 1)
def down(n):
    return down(n + 1) + 1
down(0)
