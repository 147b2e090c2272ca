# name: hold the kernel up in a page fault
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


call(323, 1)
