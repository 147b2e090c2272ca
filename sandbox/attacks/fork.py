# name: fork
# climbs: seccomp
# ends: BlockingIOError
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

os.fork()
