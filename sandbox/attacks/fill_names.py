# name: use up the file system's inodes
# climbs: scratch
# ends: OSError: [Errno 28]
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

for number in range(1_000_000):
    open(f"file-{number}", "w").close()
