# name: take all memory
# climbs: rlimits
# ends: memory
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

hoard = []
while True:
    hoard.append(bytearray(1 << 20))
