# name: reach a service of the host by its socket
# climbs: seccomp
# ends: OSError: [Errno 97]
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

import socket
socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).connect("/run/docker.sock")
