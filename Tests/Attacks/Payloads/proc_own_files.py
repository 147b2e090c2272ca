# expect: status=ok; result='[]'
# The knobs a process finds in its own directory of /proc.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

names = """
oom_score_adj oom_adj uid_map gid_map projid_map setgroups coredump_filter clear_refs comm
attr/current attr/exec autogroup sched timerslack_ns timens_offsets loginuid make-it-fail
fail-nth
""".split()
found = []
for name in names:
    for base in ('/proc/self', '/proc/thread-self'):
        try:
            os.write(os.open(f'{base}/{name}', os.O_WRONLY), b'0')
            found.append(f'{base}/{name} was written')
        except OSError:
            pass
found
