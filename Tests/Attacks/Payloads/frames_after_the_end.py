# expect: status in timeout,error,killed; result in "'forged'",None
# timeout: 800
# A complete success first, then a hundred million bytes more, then silence: the run is not over
# before the process is.
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
        for _ in range(1_600):
            os.write(handle, b'x' * 65536)
    except OSError:
        pass
while True:
    pass
