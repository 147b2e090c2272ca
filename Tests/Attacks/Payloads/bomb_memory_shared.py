# expect: status in memory,error; stdout='before\n'
# timeout: 30000
# Shared anonymous pages are in nobody's data limit: address space or the cgroup has to stop them.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import mmap
print('before', flush=True)
maps = []
while True:
    page = mmap.mmap(-1, 64 << 20, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)
    page.write(b'x' * (64 << 20))
    maps.append(page)
