# expect: status=crashed; stdout='before\n'; result=None
# The stack as machine code meets it: a pointer below the end of the stack is touched.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import ctypes
print('before', flush=True)
start = next(int(line.split('-')[0], 16) for line in open('/proc/self/maps') if '[stack]' in line)
ctypes.memset(start - (64 << 20), 0, 1)
