# expect: status in crashed,error,memory; stdout='before\n'
# each: repr compile pickle json
# timeout: 20000
# The C stack itself runs over.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import json
import pickle
import sys
print('before', flush=True)
sys.setrecursionlimit(2 ** 31 - 1)
nested = []
for _ in range(1_000_000 if each != 'compile' else 0):
    nested = [nested]
{
    'repr': lambda: repr(nested),
    'compile': lambda: compile('(' * 10 ** 6 + ')' * 10 ** 6, 'deep', 'eval'),
    'pickle': lambda: pickle.dumps(nested),
    'json': lambda: json.dumps(nested),
}[each]()
