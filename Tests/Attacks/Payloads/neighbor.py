# expect: status=ok; result='[]'
# with: kernel
# arrange: neighbor
# While this runs, another call of the same server holds a file, a process and memory of its own.
# Nothing of it can be seen, signaled, traced or filled up from here.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import time
found = []
deadline = time.monotonic() + 1.5
while time.monotonic() < deadline:
    for folder in ('.', '/tmp', '/dev/shm', '/'):
        try:
            found += [f'{folder}/{name}' for name in os.listdir(folder) if 'neighbor' in name]
        except OSError:
            pass
    others = [int(name) for name in os.listdir('/proc') if name.isdigit()]
    found += [f'process {pid}' for pid in others if pid not in (1, os.getpid())]
    for pid in range(2, 2_000):
        if pid != os.getpid() and said('kill', pid, 9).startswith('allowed'):
            found.append(f'killed {pid}')
sorted(set(found))
