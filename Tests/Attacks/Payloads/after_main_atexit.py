# expect: status in ok,timeout; stdout='before\n'
# timeout: 1000
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import atexit
print('before', flush=True)
@atexit.register
def spin():
    while True:
        pass
