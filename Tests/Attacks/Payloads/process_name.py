# expect: status in crashed,killed; stdout='before\n'; result=None
# with: kernel
# each: parentheses newline escape empty state
# The name of a process is its own to choose, and stands in the middle of /proc/N/stat: who reads
# the state or the times behind it must not be led astray.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

names = {'parentheses': b'a) R 1 1 (b', 'newline': b'a\nb\nState: R',
         'escape': b'\x1b[2J\x1b]0;x\x07', 'empty': b'', 'state': b') Z 0 0 0 0 -1'}
print('before', flush=True)
libc.prctl(15, names[each], 0, 0, 0)
sum(range(1_000_000))
os.abort()
