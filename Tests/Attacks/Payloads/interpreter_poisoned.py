# expect: status in ok,error; stdout='before\n'
# Everything a program can leave behind for whoever comes next. The runner's next call must see
# none of it.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import builtins
import importlib
import sys
print('before')
builtins.print = lambda *_, **__: os.write(1, b'poisoned\n')
sys.modules['math'] = type(sys)('math')
sys.path.insert(0, os.getcwd())
sys.meta_path.insert(0, type('Hook', (), {'find_spec': staticmethod(lambda *_: os._exit(66))}))
os.environ['POISONED'] = 'yes'
os.umask(0o777)
for folder in ('.', '/tmp', '/dev/shm'):
    try:
        open(f'{folder}/json.py', 'w').write('raise SystemExit("poisoned")')
        open(f'{folder}/sitecustomize.py', 'w').write('raise SystemExit("poisoned")')
    except OSError:
        pass
