# name: make calls behind the filter's back
# climbs: seccomp
# ends: OSError: [Errno 38]
# io_uring_setup: what a ring is asked to do, no filter sees.
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

import ctypes
kernel = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    if kernel.syscall(number, *arguments) == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


call(425, 8, ctypes.create_string_buffer(256))
