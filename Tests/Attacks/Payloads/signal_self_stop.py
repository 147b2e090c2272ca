# expect: status in killed,timeout; stdout='before\n'
# each: SIGSTOP SIGTSTP SIGTTIN SIGTTOU
# timeout: 1500
# A stopped process neither answers nor ends. (The kernel drops the terminal's three for an
# orphaned group: then the loop below meets the time limit.)
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import signal
print('before', flush=True)
os.kill(os.getpid(), getattr(signal, each))
while True:
    signal.pause()
