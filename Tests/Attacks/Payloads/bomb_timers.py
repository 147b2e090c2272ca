# expect: status=ok; result='[]'
# with: kernel
# Timers and pending signals are kernel memory; SIGPENDING bounds them.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

event = ctypes.create_string_buffer(bytes(8) + (34).to_bytes(4, 'little') + bytes(52), 64)
identity = ctypes.c_int(0)
made = 0
while made < 100_000 and said('timer_create', 1, event, ctypes.byref(identity)) == 'allowed: 0':
    made += 1
[] if made < 100_000 else [f'{made} timers']
