# expect: status in ok,error
# A session and a group of its own do not take a run out of reach.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

for action in (os.setsid, lambda: os.setpgid(0, 0), lambda: os.setpgid(0, 1), os.setpgrp):
    try:
        action()
    except OSError:
        pass
'end'
