# expect: status=ok; result='[]'
# The root directory is built, not borrowed: only what Python needs is there.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

root = {'usr', 'bin', 'sbin', 'lib', 'lib64', 'lib32', 'libx32', 'proc', 'dev', 'tmp'}
devices = {'null', 'zero', 'full', 'random', 'urandom', 'fd', 'stdin', 'stdout', 'stderr', 'shm'}
scratch = os.path.realpath(os.getcwd()).split('/')[1]
found = sorted(set(os.listdir('/')) - root - {scratch})
found += sorted(set(os.listdir('/dev')) - devices) if os.path.isdir('/dev') else []
found
