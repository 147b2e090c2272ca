# expect: status in ok,killed,timeout; stdout~'^first'; truncated.stdout.shown<=1000000
# timeout: 30000
# One gigabyte: the server counts it and keeps head and tail.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

os.write(1, b'first\n')
block = b'0123456789abcde\n' * 65536
for _ in range(1024):
    rest = memoryview(block)
    while rest:
        rest = rest[os.write(1, rest):]
