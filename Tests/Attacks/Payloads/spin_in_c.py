# expect: status=timeout; stdout='before\n'; result=None
# timeout: 700
# each: regex power sum sleep lock select read
# Loops and waits that never come back to the interpreter: no Python-level alarm would ever run.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import re
import select
import threading
import time
print('before', flush=True)
{
    'regex': lambda: re.match(r'(a|a)*b', 'a' * 64),
    'power': lambda: pow(7, 10 ** 8),
    'sum': lambda: sum(range(10 ** 12)),
    'sleep': lambda: time.sleep(10 ** 6),
    'lock': lambda: [lock.acquire() for lock in [threading.Lock()] * 2],
    'select': lambda: select.select([], [], []),
    'read': lambda: os.read(os.pipe()[0], 1),
}[each]()
