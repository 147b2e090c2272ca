# expect: status=ok; result='[]'
# profiles: interpreter
# with: kernel
# The dynamic loader of a started program sets FS, and takes EINVAL for what this kernel lacks.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

codes = {'SET_GS': 0x1001, 'GET_FS': 0x1003, 'GET_GS': 0x1004, 'SET_CPUID': 0x1012,
         'REQ_XCOMP_PERM': 0x1023, 'MAP_VDSO_X32': 0x2001, 'SHSTK_ENABLE': 0x5001}
holes({name: said('arch_prctl', code, 0) for name, code in codes.items()}, 'EINVAL')
