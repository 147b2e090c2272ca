# expect: status in ok,error,killed,crashed,timeout
# timeout: 10000
# Four megabytes, and as much again, into every descriptor: the reader needs the limit, not the
# writer.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

for handle in range(256):
    try:
        os.set_blocking(handle, False)
    except OSError:
        continue
    for _ in range(64):
        try:
            os.write(handle, b'\xff\xff\xff\x7f' * (1 << 20))
        except OSError:
            break
