# expect: status=ok; result='[]'
# Links, dots and magic links do not lead out of the built root.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

found = []
for number, target in enumerate(['/etc/shadow', '/root', '/home', '/proc/1/root', '/proc/1/cwd',
                                 '../' * 40 + 'etc/shadow', '/proc/self/root/../etc/shadow']):
    os.symlink(target, f'link{number}')
    try:
        with open(f'link{number}', 'rb') as file:
            found.append(f'{target}: {file.read(8)}')
    except OSError:
        pass
    try:
        found += [f'{target}/{name}' for name in os.listdir(f'link{number}')]
    except OSError:
        pass
for source in (os.__file__, '/usr/bin/env', '/bin/sh', '/proc/self/exe'):
    for door, action in {'link': lambda: os.link(source, 'hard'),
                         'rename': lambda: os.rename(source, 'moved')}.items():
        try:
            action()
            found.append(f'{door} of {source}')
        except OSError:
            pass
os.makedirs('a/b/c')
os.chdir('a/b/c')
os.rename('../../b', '../../../b')  # out from under ourselves
for _ in range(60):
    os.chdir('..')
if os.getcwd() != '/' or 'etc' in os.listdir('.'):
    found.append(f'the top is {os.getcwd()} with {os.listdir(".")}')
found
