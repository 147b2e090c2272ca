# expect: status=ok; result="'set'"
# What waits for a collector of results: a fifo that never ends, links to the host, odd names, a
# socket's place, a file that is all hole.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

os.mkfifo('picture.png')
os.symlink('/etc/passwd', 'link.png')
os.symlink('/proc/self/fd/0', 'descriptor.png')
os.symlink('loop.png', 'loop.png')
for name in (b'\xff\xfe.png', b'a\nb.png', b'-rf', b'"; rm.png', b'\x1b[2J.png', b'x' * 255):
    open(name, 'wb').close()
try:
    with open('hole.png', 'wb') as file:
        file.truncate(1 << 30)
except OSError:
    pass
'set'
