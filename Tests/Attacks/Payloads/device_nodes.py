# expect: status=ok; result='[]'
# with: kernel
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

answers = {}
for kind, bits in {'char': 0o020000, 'block': 0o060000, 'socket': 0o140000}.items():
    for device in ((1 << 8) | 1, (8 << 8), (5 << 8), (10 << 8) | 229):
        answers[f'mknod {kind} {device:x}'] = said('mknod', b'node', bits | 0o666, device)
        answers[f'mknodat {kind} {device:x}'] = said('mknodat', -100, b'node', bits | 0o666, device)
found = holes(answers, 'EPERM')
for kind, bits in {'fifo': 0o010000, 'regular': 0o100000}.items():
    if said('mknod', kind.encode(), bits | 0o600, 0) != 'allowed: 0':
        found.append(f'an ordinary {kind} was refused')
found
