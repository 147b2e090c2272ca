# expect: status in ok,timeout; stdout='before\n'
# timeout: 1000
# A thread that outlives the program: Python waits for it, the clock does not.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import threading
print('before', flush=True)
def spin():
    while True:
        pass
threading.Thread(target=spin).start()
'done'
