# name: call the kernel through its x32 entrance
# climbs: seccomp
# ends: denied
# Numbers with bit 30 set mean other calls: whoever comes this way is killed.
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

import ctypes
kernel = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    if kernel.syscall(number, *arguments) == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


call(0x40000000 | 39)
