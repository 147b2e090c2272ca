# expect: status=ok; result='[]'
# profiles: interpreter
# with: kernel
# timeout: 30000
# As socket_families, with one exception: Unix stream sockets, for multiprocessing.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

found = []
for family in range(0, 46):
    wanted = 'EPERM' if family in (2, 10) else 'EAFNOSUPPORT'
    for kind in (0, 1, 2, 3, 4, 5, 6, 10):
        for extra in (0, 0o4000, 0o2000000):
            for protocol in (0, 1, 6, 17, 58, 255, 262):
                if (family, kind, protocol) in ((1, 1, 0), (1, 1, 1)):
                    continue
                answer = said('socket', family, kind | extra, protocol)
                if answer != wanted and not (family == 1 and kind == 1 and answer[:7] != 'allowed'):
                    found.append(f'socket({family}, {kind | extra}, {protocol}): {answer}')
found
