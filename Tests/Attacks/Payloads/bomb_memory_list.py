# expect: status in memory,error; stdout='before\n'; error.type in MemoryError,None
# timeout: 30000
# Memory that is really touched, a little at a time.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before', flush=True)
rows = []
while True:
    rows.append(bytearray(1 << 20))
