# expect: status in timeout,killed; stdout='before\n'
# with: kernel
# timeout: 20000
# The processor-time limit is a second net below the wall clock; lowering it is allowed and ends
# the run.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import resource
print('before', flush=True)
resource.setrlimit(resource.RLIMIT_CPU, (1, resource.getrlimit(resource.RLIMIT_CPU)[1]))
while True:
    pass
