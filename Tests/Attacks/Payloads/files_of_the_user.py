# expect: status=ok; result='[]'
# arrange: secrets
# The runner leaves files in its home, its temporary directory and the server's working directory,
# and says where. Neither they nor the directories on the way are there.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

found = []
for path in secrets:
    for step in (path, os.path.dirname(path), f'/proc/self/root{path}', f'/proc/1/root{path}'):
        try:
            if os.path.isdir(step):
                names = [name for name in os.listdir(step) if 'sandboa-secret' in name]
                found += [f'{step}/{name}' for name in names]
            else:
                found.append(f'{step}: {open(step, "rb").read(16)}')
        except OSError:
            pass
found
