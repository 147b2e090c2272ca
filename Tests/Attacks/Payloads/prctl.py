# expect: status=ok; result='[]'
# with: kernel
# A run may name itself and read its own flags. It may not become dumpable, slip its leash
# (PDEATHSIG), adopt orphans, move its own code or add filters.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

options = {
    'SET_PDEATHSIG': 1, 'SET_DUMPABLE': 4, 'SET_UNALIGN': 6, 'SET_KEEPCAPS': 8, 'SET_FPEMU': 10,
    'SET_TIMING': 14, 'SET_SECCOMP': 22, 'CAPBSET_DROP': 24, 'SET_TSC': 26, 'SET_SECUREBITS': 28,
    'SET_TIMERSLACK': 29, 'MCE_KILL': 33, 'SET_MM': 35, 'SET_CHILD_SUBREAPER': 36,
    'SET_NO_NEW_PRIVS': 38, 'SET_THP_DISABLE': 41, 'SET_FP_MODE': 45, 'CAP_AMBIENT': 47,
    'SET_SPECULATION_CTRL': 53, 'SET_IO_FLUSHER': 57, 'SET_SYSCALL_USER_DISPATCH': 59,
    'SCHED_CORE': 62, 'SET_MDWE': 65, 'SET_MEMORY_MERGE': 67, 'SET_PTRACER': 0x59616d61,
}
answers = {}
for name, option in options.items():
    answers[name] = said('prctl', option, 2, 1, 0, 0)
    answers[f'{name}|1<<32'] = said('prctl', option | 1 << 32, 2, 1, 0, 0)
holes(answers, 'EPERM')
