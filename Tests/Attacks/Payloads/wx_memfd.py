# expect: status=ok; result='[]'
# with: kernel
# Files that have no place in the tree are a way round noexec mounts.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

answers = {'memfd_create': said('memfd_create', b'code', 0),
           'memfd_create MFD_EXEC': said('memfd_create', b'code', 0x10),
           'memfd_create NOEXEC_SEAL': said('memfd_create', b'code', 8),
           'memfd_secret': said('memfd_secret', 0),
           'shmget': said('shmget', 0, 4096, 0o1777),
           'os.memfd_create': attempt(os.memfd_create, 'code')}
found = holes(answers, 'ENOSYS')
for folder in ('.', '/tmp', '/dev/shm', '/var/tmp'):
    try:
        handle = os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o700)
    except OSError:
        continue
    os.write(handle, b'\xc3' * 4096)
    answer = said('mmap', 0, 4096, 5, 2, handle, 0)
    if answer not in ('EPERM', 'EACCES'):
        found.append(f'O_TMPFILE in {folder}: {answer}')
found
