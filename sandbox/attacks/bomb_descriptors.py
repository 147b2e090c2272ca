# name: open files until none are left
# climbs: rlimits
# ends: OSError: [Errno 24]
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

files = []
while True:
    files.append(os.open("/dev/null", os.O_RDONLY))
