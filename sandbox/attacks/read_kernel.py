# name: read the kernel's own tables
# climbs: processes
# ends: FileNotFoundError or PermissionError
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

open("/proc/kallsyms").read(100) + open("/proc/sys/kernel/core_pattern").read()
