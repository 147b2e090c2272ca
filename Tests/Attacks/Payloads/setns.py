# expect: status=ok; result='[]'
# with: kernel
# Entering a namespace again, through every handle a process could hold: its own, init's, any
# descriptor.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

answers = {}
for pid in ('self', 'thread-self', '1', '2', '3'):
    for kind in ('mnt', 'net', 'pid', 'user', 'uts', 'ipc', 'cgroup', 'time'):
        try:
            handle = os.open(f'/proc/{pid}/ns/{kind}', os.O_RDONLY)
        except OSError:
            continue
        answers[f'{pid}/{kind}'] = said('setns', handle, 0)
        os.close(handle)
for handle in range(64):
    answers[f'descriptor {handle}'] = said('setns', handle, 0x7e020080)
holes(answers, 'EPERM')
