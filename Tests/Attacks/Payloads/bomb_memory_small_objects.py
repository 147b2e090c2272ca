# expect: status in memory,error; stdout='before\n'; error.type in MemoryError,None
# timeout: 60000
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before', flush=True)
rows = []
while True:
    rows.append([len(rows)] * 100)
