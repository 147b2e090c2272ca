# expect: status=ok; result='[]'
# with: kernel
# Nothing but pipes, sockets and the null device is open, and no descriptor leads to a directory
# outside.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import stat
found = []
for name in os.listdir('/proc/self/fd'):
    handle = int(name)
    try:
        mode = os.fstat(handle).st_mode
        target = os.readlink(f'/proc/self/fd/{name}')
    except OSError:
        continue  # the descriptor listdir itself used
    if handle > 15:
        found.append(f'{handle} is open: {target}')
    if stat.S_ISDIR(mode):
        found.append(f'{handle} is the directory {target}')
    if stat.S_ISREG(mode):
        found.append(f'{handle} is the file {target}')
    if stat.S_ISCHR(mode) and target.split(' ')[0] not in ('/dev/null', '/null', '/dev/urandom'):
        found.append(f'{handle} is the device {target}')
    if 'anon_inode' in target:
        found.append(f'{handle} is {target}')
for handle in range(256):
    for door, answer in {
        'fchdir': said('fchdir', handle),
        'openat ..': said('openat', handle, b'..', 0, 0),
        'linkat EMPTY_PATH': said('linkat', handle, b'', -100, b'taken', 0x1000),
    }.items():
        if answer.startswith('allowed'):
            found.append(f'{door} through {handle}')
found
