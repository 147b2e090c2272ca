# expect: status=ok; result='[]'
# profiles: interpreter
# with: kernel
# Programs come from /usr and from nowhere else: not copied, not linked, not by descriptor, not as a
# script, not through the dynamic loader.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import shutil
import subprocess
found = []
if subprocess.run(['/usr/bin/env', 'true']).returncode != 0:
    found.append('a program of /usr does not run')
loader = os.path.realpath('/lib64/ld-linux-x86-64.so.2')
for folder in ('.', '/tmp', '/dev/shm'):
    copy, script, link = (os.path.abspath(f'{folder}/{name}') for name in ('true', 'run', 'link'))
    shutil.copyfile('/usr/bin/true', copy)
    with open(script, 'w') as file:
        file.write('#!/bin/sh\nexit 0\n')
    os.chmod(copy, 0o755)
    os.chmod(script, 0o755)
    os.symlink(copy, link)
    handle = os.open(copy, os.O_RDONLY)
    for door, program in {
        'a copy': [copy], 'a script': [script], 'a link': [link],
        'a descriptor': [f'/proc/self/fd/{handle}'], 'a root': [f'/proc/self/root{copy}'],
    }.items():
        try:
            subprocess.run(program, pass_fds=[handle])
            found.append(f'{door} in {folder} ran')
        except OSError as error:
            if error.errno != errno.EACCES:
                found.append(f'{door} in {folder}: {error}')
    for door, program in {
        'the loader': [loader, copy], 'a preload': ['/usr/bin/env', f'LD_PRELOAD={copy}', 'cat'],
    }.items():
        done = subprocess.run(program, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        wanted = 'failed to map' if door == 'the loader' else 'cannot be preloaded'
        if wanted not in done.stderr:
            found.append(f'{door} in {folder}: {done}')
    os.close(handle)
if (answer := said('execveat', -100, b'/bin/true', 0, 0, 0)) != 'ENOSYS':
    found.append(f'execveat: {answer}')
found
