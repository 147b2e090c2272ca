# expect: status=ok; result='[]'
# profiles: compute
# `interpreter` may run programs of /usr: see children_exec.
# with: kernel
# Python asks politely (fork, exec) and is told so politely: an exception the program can catch,
# not a kill.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import subprocess
program = os.open('/usr/bin/env', os.O_RDONLY)
answers = {
    'os.fork': (attempt(os.fork), 'EAGAIN'),
    'os.forkpty': (attempt(os.forkpty), None),
    'os.execv': (attempt(os.execv, '/bin/true', ['true']), 'EPERM'),
    'os.execv python': (attempt(os.execv, '/usr/bin/python3', ['python3']), 'EPERM'),
    'os.execve descriptor': (attempt(os.execve, program, ['env'], {}), None),
    'posix_spawn': (attempt(os.posix_spawn, '/bin/true', ['true'], {}), None),
    'subprocess.run': (attempt(subprocess.run, ['/bin/true']), None),
    'subprocess shell': (attempt(subprocess.run, 'true', shell=True), None),
    'os.popen': (attempt(os.popen, 'true'), None),
    'execveat': (said('execveat', -100, b'/bin/true', 0, 0, 0), 'ENOSYS'),
}
if os.system('true') == 0:
    answers['os.system'] = ('allowed: 0', None)
[f'{door}: {answer}' for door, (answer, wanted) in answers.items()
 if answer.startswith('allowed') or (wanted and answer != wanted)]
