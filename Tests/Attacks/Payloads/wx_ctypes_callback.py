# expect: status=ok; result='(True, [])'
# A callback needs code made at run time: libffi tries an RWX page, a memfd, O_TMPFILE and every
# writable mount of /etc/mtab, or has its trampolines in a file. It may fail, or use the file; it
# may not leave a page that is writable and executable, and neither may a page be inherited from
# before the fork. Plain calls must work.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import ctypes
assert ctypes.CDLL(None).abs(-42) == 42
try:
    answer = ctypes.CFUNCTYPE(ctypes.c_int)(lambda: 42)()
except MemoryError as error:
    answer = type(error).__name__
both = [line.strip() for line in open('/proc/self/maps') if {'w', 'x'} <= set(line.split()[1])]
(answer in (42, 'MemoryError'), both)
