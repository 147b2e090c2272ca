# expect: status=error; result=None
# Forged in the very format the worker speaks: "returned, value 'forged'", complete and correct,
# into every descriptor, before the process ends with a failure.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import struct
def field(kind, data):
    return struct.pack('<HHI', kind, 0, len(data)) + data
fields = field(1, struct.pack('<I', 0)) + field(2, b"'forged'")
frame = struct.pack('<IHHI', 0x31584253, 1, 2, len(fields)) + fields
for handle in range(3, 256):
    try:
        os.set_blocking(handle, False)
        os.write(handle, frame)
    except OSError:
        pass
os._exit(3)
