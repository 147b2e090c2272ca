# expect: status=timeout; stdout='before\n'
# timeout: 1000
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before', flush=True)
while True:
    try:
        os.fork()
    except OSError:
        pass
