# expect: status=ok; result='[]'
# profiles: compute
# `interpreter` may call execve, on other files: see children_exec.
# with: kernel
# A library or program of the run's own: copied, linked, renamed, or loaded through the dynamic
# loader.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import importlib.machinery
import importlib.util
import shutil
import _ctypes
found = []
original = getattr(_ctypes, '__file__', None) or next(
    line.split()[-1] for line in open('/proc/self/maps') if '.so' in line)
for folder in ('.', '/tmp', '/dev/shm'):
    copy = f'{folder}/mine.so'
    try:
        shutil.copyfile(original, copy)
        os.chmod(copy, 0o755)
    except OSError:
        continue
    for door, action in {
        'dlopen': lambda: ctypes.CDLL(os.path.abspath(copy)),
        'import': lambda: importlib.util.module_from_spec(importlib.util.spec_from_file_location(
            'mine', os.path.abspath(copy),
            loader=importlib.machinery.ExtensionFileLoader('mine', os.path.abspath(copy)))),
        'execv': lambda: os.execv(copy, [copy]),
        'loader': lambda: os.execv('/lib64/ld-linux-x86-64.so.2', ['ld', copy]),
    }.items():
        answer = attempt(action)
        if answer.startswith('allowed'):
            found.append(f'{door} of {copy}: {answer}')
found
