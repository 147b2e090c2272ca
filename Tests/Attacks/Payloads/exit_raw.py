# expect: status in ok,error; stdout='before\n'
# with: kernel
# each: exit exit_group
# timeout: 3000
# The main thread alone ends; or all of them, behind the interpreter's back.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before', flush=True)
said(each, 0)
