# expect: status=ok; result="{'no_new_privs': 1, 'seccomp': 2, 'dumpable': 0, 'bounding': []}"
# with: kernel
# What a run may ask about itself, and what it must hear.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

{
    'no_new_privs': libc.prctl(39, 0, 0, 0, 0),
    'seccomp': libc.prctl(21, 0, 0, 0, 0),
    'dumpable': libc.prctl(3, 0, 0, 0, 0),
    'bounding': [number for number in range(64) if libc.prctl(23, number, 0, 0, 0) == 1],
}
