# expect: status=ok; result='[]'
# with: kernel
# Packet filters are programs in the kernel; the other levels belong to protocols nobody has here.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import socket
left, right = socket.socketpair()
program = (ctypes.c_size_t * 2)(0, 0)
answers = {}
for option in (26, 27, 50, 51, 52, 55, 62, 71, 76, 25, 31, 36, 32, 33, 46, 60, 47):
    answers[f'SOL_SOCKET {option}'] = said('setsockopt', left.fileno(), 1, option, program, 16)
for level in (0, 6, 17, 41, 58, 132, 255, 263, 270, 279, 282, 283, 284):
    answers[f'level {level}'] = said('setsockopt', left.fileno(), level, 1, program, 16)
holes(answers, 'ENOPROTOOPT')
