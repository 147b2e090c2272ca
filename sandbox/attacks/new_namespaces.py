# name: become root in a namespace of its own
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


CLONE_NEWUSER, CLONE_NEWNS = 0x10000000, 0x00020000
call(272, CLONE_NEWUSER | CLONE_NEWNS)
