# name: reach the kernel by netlink, packets and virtual machines
# climbs: seccomp
# ends: OSError: [Errno 97]
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

import socket
opened = []
for family in (16, 17, 38, 40):  # AF_NETLINK, AF_PACKET, AF_ALG, AF_VSOCK
    try:
        opened.append(socket.socket(family, socket.SOCK_RAW))
    except OSError as error:
        refusal = error
if not opened:
    raise refusal
opened
