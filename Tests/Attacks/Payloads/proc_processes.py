# expect: status=ok; result='[]'
# The process table shows the run, and at most its silent init.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

found = []
numbers = [int(name) for name in os.listdir('/proc') if name.isdigit()]
if len(numbers) > 2 or os.getpid() not in numbers:
    found.append(f'processes seen: {numbers}')
for pid in {1, os.getppid(), *range(2, 400)} - {os.getpid(), 0}:
    for file in ('environ', 'mem', 'maps', 'cmdline', 'auxv', 'stack', 'syscall', 'fd', 'root',
                 'cwd', 'exe', 'task', 'pagemap', 'io', 'personality', 'map_files'):
        path = f'/proc/{pid}/{file}'
        try:
            handle = os.open(path, os.O_RDONLY)
        except OSError:
            continue
        try:
            seen = os.listdir(handle) if file in ('fd', 'root', 'cwd', 'task', 'map_files') else (
                os.pread(handle, 64, 0))
        except OSError:
            seen = None
        if seen:
            found.append(f'{path}: {seen!r:.80}')
        os.close(handle)
found
