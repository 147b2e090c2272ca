# expect: status=error; result=None
# Plausible results into every descriptor, in several dialects; then an end that is no success. The
# verdict is the kernel's.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import json
import struct
answer = json.dumps({'status': 'ok', 'result': "'forged'", 'error': None}).encode()
frames = [answer + b'\n', b'\x00' * 64, b'\xff' * 64,
          *(struct.pack(form, len(answer)) + answer for form in ('<I', '>I', '<Q', '>Q', '<H')),
          *(struct.pack('<BI', kind, len(answer)) + answer for kind in range(16)),
          *(struct.pack('<IB', len(answer), kind) + answer for kind in range(16))]
for handle in range(3, 256):
    for frame in frames:
        try:
            os.set_blocking(handle, False)
            os.write(handle, frame)
        except OSError:
            break
os._exit(3)
