# expect: status in timeout,memory; stdout='before\n'
# profiles: interpreter
# timeout: 1500
# Every process makes processes, for ever: all of them are gone when the call is answered. Where a
# look stands in for a memory group, what a fork shares counts once for each: that may come first.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before', flush=True)
while True:
    try:
        os.fork()
    except OSError:
        pass
