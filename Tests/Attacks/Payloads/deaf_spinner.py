# expect: status=timeout; stdout='before\n'; result=None
# timeout: 700
# Everything that can be ignored is ignored, everything that can be blocked is blocked.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import signal
print('before', flush=True)
for number in range(1, signal.NSIG):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))
while True:
    pass
