# name: write to its own code through /proc/self/mem
# climbs: processes
# ends: PermissionError or OSError: [Errno 30]
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

os.open("/proc/self/mem", os.O_RDWR)
