# name: enter the namespaces of init
# climbs: seccomp
# ends: PermissionError
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

import ctypes
kernel = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    if kernel.syscall(number, *arguments) == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


call(308, os.open("/proc/self/ns/net", os.O_RDONLY), 0)
