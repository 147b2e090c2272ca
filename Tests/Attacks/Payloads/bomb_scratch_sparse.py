# expect: status=ok; result='[]'
# A file of 64 TiB that takes no space would take it on the way out.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

found = []
for size in (64 << 40, 1 << 40, 64 << 30):
    with open('sparse', 'wb') as file:
        for door, action in {
            'truncate': lambda: file.truncate(size),
            'seek and write': lambda: os.pwrite(file.fileno(), b'x', size),
            'fallocate': lambda: os.posix_fallocate(file.fileno(), 0, size),
        }.items():
            try:
                action()
                found.append(f'{door} to {size >> 30} GiB')
            except OSError:
                pass
found
