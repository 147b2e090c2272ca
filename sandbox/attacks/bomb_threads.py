# name: start threads until nothing else runs
# climbs: rlimits
# ends: RuntimeError: can't start new thread
import os
if os.uname().nodename != "sandboa":
    raise SystemExit("this is meant to fail inside the walls, nowhere else")

import threading
import time
while True:
    threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
