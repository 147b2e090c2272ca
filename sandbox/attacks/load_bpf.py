# name: load a program into the kernel
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


BPF_MAP_CREATE = 0
array = b"".join(n.to_bytes(4, "little") for n in (2, 4, 4, 1)).ljust(128, b"\0")
call(321, BPF_MAP_CREATE, array, 128)
