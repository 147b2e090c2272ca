# expect: status in timeout,error,killed; stdout~'before'
# with: kernel
# timeout: 1000
# The main thread is gone, another one spins: the process is a zombie that runs.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import threading
print('before', flush=True)
def spin():
    while True:
        pass
threading.Thread(target=spin, daemon=True).start()
said('exit', 0)
