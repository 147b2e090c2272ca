# expect: status=ok; result='[]'
# profiles: interpreter
# A started program sees what the run sees: its walls were up before it was born. It can be dumped,
# as any program, so what it could tell must be the run's alone.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import subprocess
code = '''
import os
found = []
for path in ('/etc/passwd', '/root', '/home', '/var/log', '/run', '/sys', '/proc/1/environ',
             '/proc/sys', '/sandbox/configuration/x'):
    try:
        found.append(path if os.path.isdir(path) else open(path).read(8))
    except OSError:
        pass
status = dict(line.split(':', 1) for line in open('/proc/self/status') if ':' in line)
for name, wanted in {'NoNewPrivs': '1', 'Seccomp': '2', 'CapEff': '0000000000000000'}.items():
    if status[name].strip() != wanted:
        found.append(f'{name}: {status[name]}')
found += [f'descriptor {n}' for n in os.listdir('/proc/self/fd') if int(n) > 3]
found += [name for name in os.environ if 'SANDBOA' in name]
for number in os.listdir('/proc'):
    if number.isdigit() and int(number) == 1:
        found.append('the init is visible')
print(found)
'''
told = subprocess.run(['/usr/bin/python3', '-I', '-c', code], capture_output=True, text=True)
found = [] if told.stdout == '[]\n' else [told.stdout + told.stderr]
found
