# expect: status in memory,timeout,ok; stdout='before\n'
# timeout: 3000
# A program that catches MemoryError and asks again, for ever: bounded memory, then the clock.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before', flush=True)
rows = []
while True:
    try:
        rows.append(bytearray(16 << 20))
    except MemoryError:
        pass
