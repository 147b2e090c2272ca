# expect: status=ok; result='[]'
# with: kernel
# The kernel reads the call number and int arguments from the low 32 bits. A filter that compares
# all 64 takes these for unknown, harmless values (CVE-2019-10063).
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

high = 1 << 32
answers = {
    'ptrace|1<<32': said(NUMBERS['ptrace'] | high, 0, 0, 0, 0),
    'mount|1<<32': said(NUMBERS['mount'] | high, 0, 0, 0, 0, 0),
    'personality(READ_IMPLIES_EXEC)|1<<32': said('personality', 0x0400000 | high),
    'PR_SET_DUMPABLE|1<<32': said('prctl', 4 | high, 1, 0, 0, 0),
    'socket(AF_INET|1<<32)': said('socket', 2 | high, 1, 0),
    'chmod(06755|1<<32)': said('chmod', b'.', 0o6755 | high),
    'prlimit64(pid 1|1<<32)': said('prlimit64', 1 | high, 7, 0, 0),
}
holes(answers, 'EPERM')
