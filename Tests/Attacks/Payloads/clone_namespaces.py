# expect: status=ok; result='[]'
# with: kernel
# Every namespace flag, alone (as fork), together with a new user namespace, and on a thread.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

flags = {
    'NEWTIME': 0x80, 'NEWNS': 0x20000, 'NEWCGROUP': 0x2000000, 'NEWUTS': 0x4000000,
    'NEWIPC': 0x8000000, 'NEWUSER': 0x10000000, 'NEWPID': 0x20000000, 'NEWNET': 0x40000000,
}
answers = {}
for name, flag in flags.items():
    answers[f'fork {name}|NEWUSER'] = said('clone', flag | 0x10000000 | 17, 0, 0, 0, 0)
    answers[f'unshare {name}'] = said('unshare', flag)
    if name != 'NEWTIME':  # in clone(2) this bit belongs to the exit signal
        answers[f'fork {name}'] = said('clone', flag | 17, 0, 0, 0, 0)
        answers[f'thread {name}'] = said('clone', flag | 0x10f00, 0, 0, 0, 0)
answers['unshare everything'] = said('unshare', sum(flags.values()))
holes(answers, 'EPERM', 'EAGAIN')
