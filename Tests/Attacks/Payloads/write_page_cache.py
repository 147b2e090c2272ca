# expect: status=ok; result='[]'
# with: kernel
# The pages of libpython and the standard library are shared with every other run and with the
# host. A write that reaches them is an escape although the mount is read-only.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import mmap
files = [os.__file__, next(line.split()[-1] for line in open('/proc/self/maps') if '.so' in line)]
here = os.open('page', os.O_CREAT | os.O_RDWR)
os.write(here, b'x' * 8192)
found = []
for path in files:
    handle = os.open(path, os.O_RDONLY)
    ends = os.pipe()
    place = ctypes.c_long(0)
    answers = {
        'open': attempt(os.open, path, os.O_RDWR),
        'open truncating': attempt(os.open, path, os.O_RDONLY | os.O_TRUNC),
        'reopen': attempt(os.open, f'/proc/self/fd/{handle}', os.O_WRONLY),
        'write': said('write', handle, b'x', 1),
        'ftruncate': said('ftruncate', handle, 0),
        'fallocate': said('fallocate', handle, 3, 0, 4096),
        'shared map': said('mmap', 0, 4096, 3, 1, handle, 0),
        'splice in': said('splice', ends[0], 0, handle, ctypes.byref(place), 4096, 0),
        'splice out': said('splice', handle, ctypes.byref(place), ends[1], 0, 4096, 0),
        'vmsplice': said('vmsplice', ends[1], bytes(16), 1, 0),
        'tee': said('tee', ends[0], ends[1], 4096, 0),
        'sendfile': said('sendfile', handle, here, 0, 4096),
        'copy_file_range': said('copy_file_range', here, 0, handle, 0, 4096, 0),
        'FICLONE': said('ioctl', handle, 0x40049409, here),
        'pwritev2': said('pwritev2', handle, bytes(16), 0, 0, 0, 0),
        'fchmod': said('fchmod', handle, 0o777),
    }
    found += [f'{door} of {path}: {answer}' for door, answer in answers.items()
              if answer.startswith('allowed')]
    mapped = mmap.mmap(handle, 4096, flags=mmap.MAP_SHARED, prot=mmap.PROT_READ)
    if not attempt(mapped.__setitem__, 0, 1).startswith(('TypeError', 'E')):
        found.append(f'wrote through a read-only map of {path}')
found
