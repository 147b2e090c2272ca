# expect: status=ok; result='True'; usage.processes>=2
# profiles: interpreter
# timeout: 20000
# Forks until the limit says no, as an exception; none of the children ever ends by itself.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import signal
refused = False
for _ in range(2_000):
    try:
        child = os.fork()
    except OSError:
        refused = True
        break
    if child == 0:
        signal.pause()
refused
