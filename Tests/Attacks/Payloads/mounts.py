# expect: status=ok; result='[]'
# with: kernel
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

answers = {'bind': said('mount', b'/', b'/tmp', 0, 0x1000 | 0x4000, 0),
           'tmpfs': said('mount', b'none', b'/tmp', b'tmpfs', 0, 0),
           'proc': said('mount', b'proc', b'/tmp', b'proc', 0, 0),
           'overlay': said('mount', b'overlay', b'/tmp', b'overlay', 0, b'lowerdir=/usr'),
           'shared': said('mount', 0, b'/', 0, 0x100000 | 0x4000, 0),
           'pivot_root': said('pivot_root', b'.', b'.'),
           'chroot': said('chroot', b'/tmp'),
           'chroot up': said('chroot', b'..'),
           'mount_setattr': said('mount_setattr', -100, b'/', 0x8000, bytes(32), 32),
           'move_mount': said('move_mount', -100, b'/usr', -100, b'/tmp', 0)}
for line in open('/proc/self/mountinfo'):
    where = line.split()[4]
    answers[f'remount {where} writable and executable'] = said(
        'mount', 0, where.encode(), 0, 0x20 | 0x1000, 0)
    answers[f'umount {where}'] = said('umount2', where.encode(), 2)
assert len(answers) > 11, 'the run sees no mounts: the list above tried nothing'
holes(answers, 'EPERM')
