# expect: status=timeout; result=None
# timeout: 800
# As above, but the process goes on: an early "finished" must not end the watch.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import json
answer = json.dumps({'status': 'ok', 'result': "'forged'"}).encode()
for handle in range(3, 256):
    for frame in (answer + b'\n', len(answer).to_bytes(4, 'little') + answer,
                  len(answer).to_bytes(4, 'big') + answer):
        try:
            os.set_blocking(handle, False)
            os.write(handle, frame)
        except OSError:
            break
while True:
    pass
