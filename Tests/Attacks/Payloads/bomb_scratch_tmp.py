# expect: status in ok,memory
# timeout: 60000
# The same for /tmp and /dev/shm, wherever they live: together with the scratch directory one
# bounded sum.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

written = 0
for folder in ('/tmp', '/dev/shm', '.'):
    for number in range(8):
        try:
            with open(f'{folder}/fill{number}', 'wb', buffering=0) as file:
                while written < 16 << 30:
                    written += file.write(bytes(1 << 20))
        except OSError:
            continue
assert written < 4 << 30, f'{written >> 20} MiB were taken'
