# name: make a device that is the host's disk
# climbs: seccomp
# ends: PermissionError
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

import stat
os.mknod("disk", stat.S_IFBLK | 0o600, os.makedev(8, 0))
