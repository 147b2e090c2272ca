# expect: status in ok,error,crashed
# arrange: zygotes
# Sockets are shut and pipes made non-blocking: what is shared with the zygote must not be.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import socket
for handle in range(256):
    try:
        os.set_blocking(handle, False)
        socket.socket(fileno=os.dup(handle)).shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
'end'
