# expect: status=crashed; stdout='before\n'; result=None
# each: SIGSEGV SIGBUS SIGILL SIGFPE SIGABRT SIGTRAP SIGQUIT
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import signal
print('before', flush=True)
os.kill(os.getpid(), getattr(signal, each))
signal.pause()
