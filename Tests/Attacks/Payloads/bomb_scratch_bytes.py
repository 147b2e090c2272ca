# expect: status in ok,memory; stdout='before\n'
# timeout: 60000
# The scratch directory ends: with ENOSPC or EFBIG, or, where its pages count as memory, with the
# memory limit.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before', flush=True)
written = 0
said = set()
for number in range(64):
    try:
        with open(f'fill{number}', 'wb', buffering=0) as file:
            while written < 16 << 30:
                written += file.write(bytes(1 << 20))
    except OSError as error:
        said.add(error.strerror)
assert 'No space left on device' in said, f'{said} after {written >> 20} MiB'
assert written < 4 << 30, f'{written >> 20} MiB were taken'
