# expect: status=ok; result='[]'
# with: kernel
# A stream pair is what asyncio needs. A datagram pair could be sent to any named or abstract
# socket.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import socket
found = []
pair = (ctypes.c_int * 2)()
for family in range(0, 46):
    for kind in (1, 2, 3, 4, 5, 6, 10):
        answer = said('socketpair', family, kind, 0, pair)
        fine = family == 1 and kind == 1
        if fine != answer.startswith('allowed'):
            found.append(f'socketpair({family}, {kind}): {answer}')
        if answer.startswith('allowed'):
            os.close(pair[0])
            os.close(pair[1])
left, right = socket.socketpair()
left.sendall(b'ping')
if right.recv(4) != b'ping':
    found.append('a stream pair carries nothing')
found
