# name: list the homes of the host's users
# climbs: root
# ends: FileNotFoundError
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

[os.listdir(place) for place in ("/root", "/home")]
