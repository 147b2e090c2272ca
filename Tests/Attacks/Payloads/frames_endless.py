# expect: status=timeout
# timeout: 1000
# A result channel that is fed slowly and for ever.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import time
while True:
    for handle in range(3, 16):
        try:
            os.set_blocking(handle, False)
            os.write(handle, b'{')
        except OSError:
            pass
    time.sleep(0.001)
