# expect: status=timeout; stdout='before\n'
# profiles: compute
# `interpreter` may fork: see children_bomb_forever.
# timeout: 1000
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before', flush=True)
while True:
    try:
        os.fork()
    except OSError:
        pass
