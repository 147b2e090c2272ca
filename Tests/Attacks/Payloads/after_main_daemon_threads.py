# expect: status=ok; stdout='before\n'; result="'done'"
# timeout: 5000
# Daemon threads do not hold a program up, even when they spin.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import threading
print('before', flush=True)
def spin():
    while True:
        pass
for _ in range(4):
    threading.Thread(target=spin, daemon=True).start()
'done'
