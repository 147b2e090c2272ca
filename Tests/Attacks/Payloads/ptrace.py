# expect: status=ok; result='[]'
# with: kernel
# PTRACE_TRACEME would make the zygote our tracer; the others read and write another process.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

answers = {'TRACEME': said('ptrace', 0, 0, 0, 0)}
local = ctypes.create_string_buffer(64)
vector = (ctypes.c_size_t * 2)(ctypes.addressof(local), 64)
for pid in [*range(0, 64), os.getpid(), os.getppid(), 4194303]:
    answers[f'ATTACH {pid}'] = said('ptrace', 16, pid, 0, 0)
    answers[f'SEIZE {pid}'] = said('ptrace', 0x4206, pid, 0, 0)
    answers[f'readv {pid}'] = said('process_vm_readv', pid, vector, 1, vector, 1, 0)
    answers[f'writev {pid}'] = said('process_vm_writev', pid, vector, 1, vector, 1, 0)
    answers[f'kcmp {pid}'] = said('kcmp', pid, os.getpid(), 0, 0, 0)
holes(answers, 'EPERM')
