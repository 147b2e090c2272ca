# expect: status=killed; stdout='before\n'; result=None
# each: SIGKILL SIGTERM SIGHUP SIGUSR1 SIGUSR2 SIGALRM SIGVTALRM SIGPROF SIGIO SIGPWR SIGRTMIN
# The default action of each ends the process; the verdict is the kernel's. What was printed stays.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import signal
print('before', flush=True)
number = getattr(signal, each)
if number not in (signal.SIGKILL, signal.SIGSTOP):
    signal.signal(number, signal.SIG_DFL)
os.kill(os.getpid(), number)
signal.pause()
