# expect: status in denied,crashed,killed; result=None
# A forged SIGSYS can at most make a run look worse than it is.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import signal
os.kill(os.getpid(), signal.SIGSYS)
signal.pause()
