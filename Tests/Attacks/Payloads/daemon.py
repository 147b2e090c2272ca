# expect: status=ok; result="'BlockingIOError'"
# profiles: compute
# `interpreter` may fork: see children_daemon.
# The double fork that would hold the output pipe for ever.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

def daemonize():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            while True:
                pass
        os._exit(0)
try:
    daemonize()
    outcome = 'started'
except OSError as error:
    outcome = type(error).__name__
outcome
