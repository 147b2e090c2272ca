# expect: status in ok,killed,error
# arrange: zygotes
# each: kill(0) killpg(0) kill(-group) kill(0)TERM
# A process group does not stop at the pid namespace: a worker in its zygote's group would kill the
# zygote, and the server's terminal with it.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

actions = {
    'kill(0)': lambda: os.kill(0, 9),
    'killpg(0)': lambda: os.killpg(0, 9),
    'kill(-group)': lambda: os.kill(-max(2, os.getpgrp()), 9),
    'kill(0)TERM': lambda: os.kill(0, 15),
}
actions[each]()
