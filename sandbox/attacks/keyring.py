# name: read the kernel's keys
# climbs: seccomp
# ends: OSError: [Errno 38]
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

import ctypes
kernel = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    if kernel.syscall(number, *arguments) == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


KEYCTL_JOIN_SESSION_KEYRING = 1
call(250, KEYCTL_JOIN_SESSION_KEYRING, 0)
