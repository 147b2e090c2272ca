# expect: status=denied; stdout='before\n'; result=None
# with: kernel
# each: delete_module finit_module init_module ioperm iopl kexec_file_load kexec_load reboot
# Nothing harmless calls these: the kernel kills the whole process, and the audit log says why.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before', flush=True)
said(each, 0, 0, 0, 0, 0)
print('after')
