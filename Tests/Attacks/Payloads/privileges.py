# expect: status=ok; result='[]'
# with: kernel
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

header = (ctypes.c_uint32 * 2)(0x20080522, 0)
everything = (ctypes.c_uint32 * 6)(*[0xffffffff] * 6)
answers = {'capset': said('capset', header, everything)}
for identity in (0, 1, 1000, 65534):
    for name in ('setuid', 'setgid', 'setfsuid', 'setfsgid'):
        answers[f'{name}({identity})'] = said(name, identity)
    for name in ('setresuid', 'setresgid', 'setreuid', 'setregid'):
        answers[f'{name}({identity})'] = said(name, identity, identity, identity)
answers['setgroups'] = said('setgroups', 1, (ctypes.c_uint32 * 1)(0))
holes(answers, 'EPERM')
