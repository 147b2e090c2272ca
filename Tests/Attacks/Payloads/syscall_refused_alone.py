# expect: status=ok; result='[]'
# profiles: compute
# with: kernel
# What `interpreter` may do (start programs, meet at Unix sockets), and nobody else.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

calls = 'execve bind listen accept accept4 connect'.split()
holes({name: said(name, 0, 0, 0, 0, 0, 0) for name in calls}, 'EPERM')
