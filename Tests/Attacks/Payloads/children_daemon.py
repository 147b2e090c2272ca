# expect: status=ok; result="'started'"; stdout='before\n'; usage.wall_ms<=3000
# profiles: interpreter
# The double fork: a session of its own, deaf to every signal, holding both pipes and spinning. The
# call does not wait for it, and it does not outlive the call.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import signal
print('before', flush=True)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in range(1, signal.NSIG):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        while True:
            pass
    os._exit(0)
os.wait()
'started'
