# name: make the root writable
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


MS_REMOUNT, MS_BIND = 0x20, 0x1000
call(165, b"none", b"/", 0, MS_REMOUNT | MS_BIND, 0)
