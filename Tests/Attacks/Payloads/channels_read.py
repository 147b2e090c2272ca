# expect: status in ok,error; result in '[]',None
# Whatever can be read from an inherited descriptor belongs to this run: no other job, no other's
# answer.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

found = []
for handle in range(256):
    try:
        os.set_blocking(handle, False)
        read = os.read(handle, 1 << 16)
    except OSError:
        continue
    if read:
        found.append(f'{handle}: {read[:40]}')
found
