# expect: status=crashed; stdout='before\n'; result=None
# each: null abort wild faulthandler refcount
# timeout: 20000
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import ctypes
print('before', flush=True)
if each == 'null':
    ctypes.string_at(0)
elif each == 'abort':
    os.abort()
elif each == 'wild':
    ctypes.CFUNCTYPE(None)(0xdead000)()
elif each == 'faulthandler':
    __import__('faulthandler')._sigsegv()
else:
    ctypes.memset(id(type), 0, 256)
    type('after', (), {})
