# name: read the memory of another process
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


class Part(ctypes.Structure):
    _fields_ = [("start", ctypes.c_void_p), ("size", ctypes.c_size_t)]


room = ctypes.create_string_buffer(64)
ours = Part(ctypes.addressof(room), 64)
call(310, os.getppid() or 1, ctypes.byref(ours), 1, ctypes.byref(ours), 1, 0)
