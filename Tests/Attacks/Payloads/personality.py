# expect: status=ok; result='[]'
# with: kernel
# READ_IMPLIES_EXEC turns every readable page into code; ADDR_NO_RANDOMIZE takes the shuffling
# away.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

flags = {'READ_IMPLIES_EXEC': 0x0400000, 'ADDR_NO_RANDOMIZE': 0x0040000,
         'MMAP_PAGE_ZERO': 0x0100000,
         'ADDR_COMPAT_LAYOUT': 0x0200000, 'PER_LINUX32': 8, 'PER_LINUX': 0}
answers = {name: said('personality', flag) for name, flag in flags.items()}
answers['query'] = 'EPERM' if said('personality', 0xffffffff) == 'allowed: 0' else 'changed'
holes(answers, 'EPERM')
