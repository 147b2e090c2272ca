# expect: status in ok,error,crashed; stdout~'before'
# each: builtins modules stdout codecs excepthook trace gc import print globals
# timeout: 5000
# The program owns its interpreter and may break it. It may not break the answer, or the next call.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import builtins
import gc
import sys
print('before', flush=True)
match each:
    case 'builtins': vars(builtins).clear()
    case 'modules': sys.modules.clear()
    case 'stdout': sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = None
    case 'codecs': sys.modules['codecs'] = sys.modules['io'] = sys.modules['json'] = None
    case 'excepthook': sys.excepthook = sys.unraisablehook = lambda *_: os._exit(7)
    case 'trace': sys.settrace(lambda *_: 1 / 0)
    case 'gc': gc.callbacks.append(lambda *_: 1 / 0); gc.set_threshold(1)
    case 'import': builtins.__import__ = sys.meta_path = sys.path_hooks = None
    case 'print': builtins.repr = builtins.str = builtins.print = lambda *_: 'forged'
    case 'globals': globals().clear()
