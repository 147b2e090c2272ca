# expect: status=ok; result='[]'
# profiles: interpreter
# Set-user-id programs of /usr start, if at all, as what the run is: no new privileges.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import subprocess
found = []
for name in ('su', 'sudo', 'passwd', 'mount', 'newgrp', 'chsh', 'pkexec'):
    program = f'/usr/bin/{name}'
    if os.path.exists(program):
        subprocess.run([program, '--help'], stdin=subprocess.DEVNULL, capture_output=True)
code = 'import os; print(os.getresuid(), [l for l in open("/proc/self/status") if "Cap" in l])'
told = subprocess.run(['/usr/bin/python3', '-I', '-c', code], capture_output=True, text=True).stdout
if f'({os.getuid()}, {os.getuid()}, {os.getuid()})' not in told:
    found.append(f'a child is {told}')
for line in told.split("'"):
    if line.startswith('Cap') and int(line.split('\\t')[1].split('\\n')[0], 16):
        found.append(line)
found
