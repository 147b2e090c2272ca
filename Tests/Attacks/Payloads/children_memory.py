# expect: status in memory,ok; stdout~'^before\\n'; stdout!~'all of it'
# profiles: interpreter
# timeout: 60000
# Many processes, each within its own limit: together they are beyond the run's. The kernel kills
# one of them, or the run ends; never do all of them get what they ask for.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import time
print('before', flush=True)
reader, writer = os.pipe()
children = []
for _ in range(16):
    if (child := os.fork()) == 0:
        blocks = [bytes([1]) * (1 << 20) for _ in range(10)]
        for _ in range(300):
            blocks.append(bytes([1]) * (1 << 20))
            time.sleep(0.002)
        os.write(writer, b'.')
        time.sleep(60)
        os._exit(0)
    children.append(child)
os.close(writer)
held = b''
deadline = time.monotonic() + 20
while len(held) < 16 and time.monotonic() < deadline:
    gone = [child for child in children if os.waitpid(child, os.WNOHANG)[0]]
    if gone:
        print('one was killed')
        break
    os.set_blocking(reader, False)
    try:
        held += os.read(reader, 16)
    except BlockingIOError:
        time.sleep(0.01)
if len(held) == 16:
    print('all of it')
