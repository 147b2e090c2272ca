# expect: status=ok; result='[]'
# The kernel's files in /proc and /sys: nothing to read, nothing to write. A user id mapped to the
# host's root could write core_pattern without any capability.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

others = {name for name in os.listdir('/proc') if not name.isdigit()} - {'self', 'thread-self'}
found = [f'/proc/{name} is listed' for name in sorted(others)]
for name in ('sys/kernel/core_pattern', 'sys/kernel/modprobe', 'sys/user/max_user_namespaces',
             'sys/vm/overcommit_memory', 'sysrq-trigger', 'kcore', 'kallsyms', 'keys', 'timer_list',
             'config.gz', 'cmdline', 'modules', 'version', 'kmsg', 'kpagecount', 'stat', 'iomem'):
    if os.path.lexists(f'/proc/{name}'):
        found.append(f'/proc/{name} exists')
for path in ('/sys', '/sys/kernel', '/sys/fs/cgroup', '/sys/class/net', '/sys/power'):
    try:
        found += [f'{path}/{name}' for name in os.listdir(path)]
    except OSError:
        pass
found
