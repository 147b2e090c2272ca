# name: list other processes
# climbs: processes
# ends: LookupError
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

others = [name for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]
if not others:
    raise LookupError("no process is listed but its own")
others
