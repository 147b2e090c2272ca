# expect: status in ok,killed,timeout; stdout~'^first'
# timeout: 30000
# A line that never ends, on both streams at once.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import threading
os.write(1, b'first ')
def pour(handle):
    for _ in range(256):
        rest = memoryview(b'x' * (1 << 20))
        while rest:
            rest = rest[os.write(handle, rest):]
threads = [threading.Thread(target=pour, args=(handle,)) for handle in (1, 2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
