# expect: status=ok; result='[]'
# with: kernel
# No core file, whoever collects it: neither by size nor through a helper the host runs as root.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import resource
found = []
soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
if hard > 1:
    found.append(f'core files up to {hard} bytes')
if libc.prctl(3, 0, 0, 0, 0) != 0:
    found.append('the process is dumpable')
found
