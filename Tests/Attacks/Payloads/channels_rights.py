# expect: status in ok,error,crashed,timeout
# arrange: zygotes
# timeout: 5000
# Descriptors are pushed at the supervisor through every socket there is. The runner counts its
# handles.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import array
import socket
many = array.array('i', [os.open('/dev/null', os.O_RDONLY)] * 64)
for number in range(256):
    try:
        end = socket.socket(fileno=os.dup(number))
        end.setblocking(False)
        for _ in range(64):
            end.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, many)])
    except OSError:
        pass
'end'
