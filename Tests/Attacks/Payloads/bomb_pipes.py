# expect: status=ok; result='True'
# Pipe buffers are kernel memory nobody's data limit sees: descriptors bound them.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

ends = []
total = 0
try:
    while len(ends) < 100_000:
        ends.append(os.pipe())
        os.set_blocking(ends[-1][1], False)
        total += os.write(ends[-1][1], bytes(1 << 20))
except OSError:
    pass
total < 64 << 20
