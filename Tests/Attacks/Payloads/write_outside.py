# expect: status=ok; result='[]'
# timeout: 30000
# Every directory outside the scratch directories, and every way to leave something there.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

scratch = {os.path.realpath(path) for path in
           (os.getcwd(), os.path.dirname(os.getcwd()), '/tmp', '/dev/shm',
            os.environ.get('HOME', '/tmp'))}
found = []
tried = 0
for folder, folders, files in os.walk('/'):
    if any(os.path.realpath(folder).startswith(path) for path in scratch):
        folders.clear()
        continue
    if folder.startswith('/proc/') or folder.count('/') > 6:
        folders.clear()
    mark = f'{folder}/sandboa-was-here'
    file = f'{folder}/{files[0]}' if files else folder
    for door, action in {
        'create': lambda: os.close(os.open(mark, os.O_CREAT | os.O_WRONLY)),
        'mkdir': lambda: os.mkdir(mark),
        'symlink': lambda: os.symlink('x', mark),
        'mkfifo': lambda: os.mkfifo(mark),
        'O_TMPFILE': lambda: os.close(os.open(folder, os.O_TMPFILE | os.O_WRONLY)),
        'chmod': lambda: os.chmod(folder, 0o777),
        'utime': lambda: os.utime(folder),
        'rename': lambda: os.rename(file, mark),
        'unlink': lambda: os.unlink(file),
        'truncate': lambda: os.truncate(file, 0),
        'append': lambda: os.close(os.open(file, os.O_WRONLY | os.O_APPEND)),
    }.items():
        if door == 'append' and file.startswith('/dev/'):
            continue  # /dev/null is there to be written to
        tried += 1
        try:
            action()
            found.append(f'{door} in {folder} ({file})')
        except OSError:
            pass
assert tried > 1000, f'only {tried} attempts: the walk saw too little'
found
