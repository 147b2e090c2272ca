# expect: status=ok; stdout='before\n'; usage.wall_ms<=3000
# profiles: interpreter
# The run's own process ends without a word while a child holds everything it had open.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import signal
print('before', flush=True)
if os.fork() == 0:
    signal.pause()
os._exit(0)
