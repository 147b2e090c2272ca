# name: kill init and every other process
# climbs: namespaces
# ends: ProcessLookupError or PermissionError
# -1: everyone it may signal. Alone in its namespace, that is nobody but a deaf init.
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

os.kill(-1, 9)
