# name: leave a file among the system's libraries
# climbs: root
# ends: OSError: [Errno 30] or PermissionError
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

open("/usr/lib/python3/sandboa-was-here", "w").write("x")
