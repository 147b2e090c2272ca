# name: read the environment of the process above
# climbs: processes
# ends: FileNotFoundError or PermissionError
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

open(f"/proc/{os.getppid() or 1}/environ", "rb").read()
