# expect: status in ok,error,crashed,killed,memory
# each: NOFILE AS DATA STACK FSIZE NPROC CPU SIGPENDING all
# timeout: 5000
# Limits may go down: then the run can hardly breathe, and the answer has to come all the same.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import resource
everything = ['FSIZE', 'NPROC', 'SIGPENDING', 'NOFILE', 'DATA', 'STACK', 'AS']
kinds = everything if each == 'all' else [each]
for kind in kinds:
    resource.setrlimit(getattr(resource, f'RLIMIT_{kind}', 11), (0, 0))
print('still here')
'x' * 100_000
