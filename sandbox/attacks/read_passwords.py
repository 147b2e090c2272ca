# name: read the host's password hashes
# climbs: root
# ends: FileNotFoundError
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

open("/etc/shadow").read()
