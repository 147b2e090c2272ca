# expect: status=ok; result='[]'
# The environment is made, not inherited.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

known = {'PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TERM', 'PYTHONHASHSEED',
         'USER', 'LOGNAME', 'PWD', 'SHELL', 'MALLOC_ARENA_MAX', 'OPENBLAS_NUM_THREADS',
         'OMP_NUM_THREADS', 'MKL_NUM_THREADS', 'MPLCONFIGDIR', 'MPLBACKEND', 'XDG_CACHE_HOME',
         'PYTHONDONTWRITEBYTECODE', 'PYTHONUTF8'}
found = sorted(set(os.environ) - known)
found += [f'{name}={value}' for name, value in os.environ.items() if '/root' in value]
found
