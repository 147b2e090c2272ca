# name: open a connection to the network
# climbs: seccomp
# ends: PermissionError
# 192.0.2.0/24 is for documentation: nobody is there (RFC 5737).
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

import socket
socket.create_connection(("192.0.2.1", 80), timeout=1)
