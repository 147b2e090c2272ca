# expect: status=ok; result='[]'
# with: kernel
# `nosuid` does not stop a worker from making a set-user-id file that the host would then honour.
# Every call that can set a mode refuses those bits; ordinary bits pass.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

open('file', 'w').close()
handle = os.open('file', os.O_RDONLY)
here = os.open('.', os.O_RDONLY)
answers = {}
for mode in (0o4755, 0o2755, 0o6755, 0o6000):
    answers |= {
        f'chmod {mode:o}': said('chmod', b'file', mode),
        f'fchmod {mode:o}': said('fchmod', handle, mode),
        f'fchmodat {mode:o}': said('fchmodat', -100, b'file', mode),
        f'open {mode:o}': said('open', b'made-open', os.O_CREAT | os.O_WRONLY, mode),
        f'openat {mode:o}': said('openat', here, b'made-openat', os.O_CREAT | os.O_WRONLY, mode),
        f'O_TMPFILE {mode:o}': said('openat', here, b'.', os.O_TMPFILE | os.O_RDWR, mode),
        f'creat {mode:o}': said('creat', b'made-creat', mode),
        f'mkdir {mode:o}': said('mkdir', b'made-mkdir', mode),
        f'mkdirat {mode:o}': said('mkdirat', here, b'made-mkdirat', mode),
        f'mknod {mode:o}': said('mknod', b'made-mknod', 0o100000 | mode, 0),
        f'mknodat {mode:o}': said('mknodat', here, b'made-mknodat', 0o010000 | mode, 0),
    }
found = holes(answers, 'EPERM')
found += [f'fchmodat2: {answer}' for answer in [said('fchmodat2', -100, b'file', 0o4755, 0)]
          if answer != 'ENOSYS']
for name in os.listdir('.'):
    if os.lstat(name).st_mode & 0o6000:
        found.append(f'{name} has {os.lstat(name).st_mode:o}')
for mode in (0o755, 0o600, 0o1755):
    if said('chmod', b'file', mode) != 'allowed: 0':
        found.append(f'ordinary mode {mode:o} was refused')
found
