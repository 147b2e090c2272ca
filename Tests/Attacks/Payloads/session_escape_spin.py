# expect: status=timeout
# timeout: 700
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import signal
try:
    os.setsid()
except OSError:
    pass
signal.signal(signal.SIGHUP, signal.SIG_IGN)
while True:
    pass
