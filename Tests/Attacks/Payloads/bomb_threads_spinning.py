# expect: status=timeout; stdout='before\n'
# timeout: 1500
# Threads that make threads and never end, while the main thread waits for them.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import threading
print('before', flush=True)
def breed():
    while True:
        try:
            threading.Thread(target=breed).start()
        except (RuntimeError, MemoryError):
            pass
breed()
