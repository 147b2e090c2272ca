# expect: status=ok; result='True'
# timeout: 20000
# Threads until the limit says no, as an exception; then all of them end.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import threading
gate = threading.Event()
threads = []
refused = False
for _ in range(2_000):
    thread = threading.Thread(target=gate.wait)
    try:
        thread.start()
    except (RuntimeError, MemoryError):
        refused = True
        break
    threads.append(thread)
gate.set()
for thread in threads:
    thread.join()
refused
