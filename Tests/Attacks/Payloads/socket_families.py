# expect: status=ok; result='[]'
# profiles: compute
# `interpreter` has Unix stream sockets: see socket_families_children.
# with: kernel
# timeout: 30000
# Every family, every type. AF_ALG, AF_VSOCK, AF_NETLINK, AF_PACKET, AF_RXRPC and AF_XDP are not
# emptied by a network namespace: only the call itself can be refused.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

found = []
for family in range(0, 46):
    wanted = 'EPERM' if family in (2, 10) else 'EAFNOSUPPORT'
    for kind in (0, 1, 2, 3, 4, 5, 6, 10):
        for extra in (0, 0o4000, 0o2000000, 1 << 32):
            for protocol in (0, 1, 6, 17, 58, 255, 262):
                answer = said('socket', family, kind | extra, protocol)
                if answer != wanted:
                    found.append(f'socket({family}, {kind | extra}, {protocol}): {answer}')
    if (answer := said('socket', family | 1 << 32, 1, 0)) != wanted:
        found.append(f'socket({family}|1<<32): {answer}')
found
