# expect: status=ok; result='[]'
# with: kernel
# Nobody outside the run can be signaled, whoever they are: init, the zygote, the server, every
# number.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

found = []
for pid in [1, *range(2, 70_000), 4194303, -2, -1000, -4194303]:
    if abs(pid) == os.getpid():
        continue
    for number in (0,) if pid > 1000 else (0, 9, 15, 19):
        answer = said('kill', pid, number)
        if pid == 1 and answer == 'allowed: 0':
            continue  # our own init ignores what it gets; that it does is what the next call shows
        if answer not in ('ESRCH', 'EPERM'):
            found.append(f'kill({pid}, {number}): {answer}')
for door, answer in {
    'tgkill': said('tgkill', 1, 1, 9), 'tkill': said('tkill', 1, 9),
    'sigqueue': said('rt_sigqueueinfo', 1, 9, bytes(128)),
    'sigqueue self': said('rt_sigqueueinfo', os.getpid(), 10, bytes(128)),
    'pidfd_send_signal': said('pidfd_send_signal', 0, 9, 0, 0),
}.items():
    if answer.startswith('allowed') and door not in ('tgkill', 'tkill'):
        found.append(f'{door}: {answer}')
found
