# expect: status=ok; result='[]'
# Writing through /proc/self/mem changes read-only text: code without any writable and executable
# page.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

found = []
for path in ('/proc/self/mem', f'/proc/{os.getpid()}/mem', '/proc/thread-self/mem'):
    for mode in (os.O_WRONLY, os.O_RDWR):
        try:
            os.open(path, mode)
            found.append(f'{path} opened for writing')
        except OSError:
            pass
found
