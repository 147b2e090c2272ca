# expect: status=ok; result='[]'
# with: kernel
# Leases and directory notices watch what others do; an owner other than ourselves is a way to send
# signals.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

commands = {'F_SETOWN': 8, 'F_SETSIG': 10, 'F_SETOWN_EX': 15, 'F_SETLEASE': 1024, 'F_NOTIFY': 1026,
            'F_SETPIPE_SZ': 1031, 'F_ADD_SEALS': 1033, 'F_SET_RW_HINT': 1036}
answers = {}
for name, command in commands.items():
    for handle in (0, 1, 2):
        answers[f'{name} on {handle}'] = said('fcntl', handle, command, 1)
holes(answers, 'EPERM')
