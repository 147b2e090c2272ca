# name: start another program
# climbs: seccomp
# ends: PermissionError
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

os.execv("/bin/sh", ["sh", "-c", "id"])
