# expect: status=ok; result='[]'
# with: kernel
# Limits only ever go down, and only our own.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import resource
kinds = [name for name in dir(resource) if name.startswith('RLIMIT_')]
found = []
for name in kinds:
    kind = getattr(resource, name)
    soft, hard = resource.getrlimit(kind)
    if hard == resource.RLIM_INFINITY:
        continue
    for wanted in ((soft, hard + 1), (resource.RLIM_INFINITY, resource.RLIM_INFINITY)):
        try:
            resource.setrlimit(kind, wanted)
            found.append(f'{name} raised to {wanted}')
        except (ValueError, PermissionError):
            pass
for name in ('RLIMIT_CORE', 'RLIMIT_NOFILE', 'RLIMIT_NPROC', 'RLIMIT_FSIZE', 'RLIMIT_STACK',
             'RLIMIT_MEMLOCK', 'RLIMIT_MSGQUEUE', 'RLIMIT_SIGPENDING', 'RLIMIT_CPU'):
    if resource.getrlimit(getattr(resource, name))[1] == resource.RLIM_INFINITY:
        found.append(f'{name} has no hard limit')
for pid in (1, os.getppid(), os.getpid() + 1, 4194303):
    if pid and said('prlimit64', pid, 7, 0, 0) != 'EPERM':
        found.append(f'prlimit64 of {pid} answered')
found
