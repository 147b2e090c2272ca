# expect: status=ok; result='[]'
# Passing descriptors through one's own pair is ordinary; piling them up in flight is bounded by
# the kernel.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import array
import socket
found = []
left, right = socket.socketpair()
handle = os.open('/dev/null', os.O_RDONLY)
left.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [handle]))])
data, extra, _, _ = right.recvmsg(1, 64)
if not extra:
    found.append('a descriptor did not pass through the pair')
sent = 0
left.setblocking(False)
many = array.array('i', [handle] * 200)
try:
    while sent < 100_000:
        left.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, many)])
        sent += 200
    found.append(f'{sent} descriptors in flight')
except OSError:
    pass
found
