# name: make a file that runs as its owner
# climbs: seccomp
# ends: PermissionError
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

open("program", "w").close()
os.chmod("program", 0o4755)
