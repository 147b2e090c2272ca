# name: run a program it wrote
# climbs: scratch
# ends: OSError: ./library.so: failed to map
# A library, really: mapping it executable is what noexec refuses.
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

import _ctypes
import ctypes
with open(_ctypes.__file__, "rb") as file:
    library = file.read()
with open("library.so", "wb") as file:
    file.write(library)
ctypes.CDLL("./library.so")
