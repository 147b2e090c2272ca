# expect: status=ok; result='[]'
# profiles: compute
# `interpreter` has Unix stream sockets: see socket_escape_children.
# with: kernel
# arrange: listeners
# The one kind of socket there is must not reach anything that really listens: the runner has a TCP
# port, an abstract and a named Unix socket waiting, and fails if one of them hears a thing.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import asyncio
import socket
import urllib.request
found = []
left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
for address in ('\0' + abstract, named):
    for end in (left, right):
        for door, action in {
            'connect': lambda: end.connect(address),
            'sendto': lambda: end.sendto(b'reached', address),
            'bind': lambda: end.bind('\0sandboa-bound'),
            'listen': lambda: end.listen(1),
            'accept': lambda: end.accept(),
        }.items():
            if (answer := attempt(action)) != 'EPERM':
                found.append(f'{door} {address!r}: {answer}')
        attempt(end.sendmsg, [b'reached'], [], 0, address)  # ignored or refused, never delivered
    raw = b'\x01\x00' + address.encode()
    if (answer := said('sendto', left.fileno(), b'reached', 7, 0, raw, len(raw))) != 'EPERM':
        found.append(f'raw sendto: {answer}')
for door, action in {
    'tcp': lambda: socket.create_connection(('127.0.0.1', port), timeout=2),
    'tcp6': lambda: socket.create_connection(('::1', port), timeout=2),
    'udp': lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', port)),
    'urllib': lambda: urllib.request.urlopen(f'http://127.0.0.1:{port}/', timeout=2).read(),
    'public address': lambda: socket.create_connection(('203.0.113.1', 443), timeout=2),
    'name': lambda: socket.getaddrinfo('example.com', 443),
    'fastopen': lambda: left.sendto(b'x', socket.MSG_FASTOPEN, ('127.0.0.1', port)),
    'asyncio': lambda: asyncio.run(asyncio.wait_for(asyncio.open_connection('127.0.0.1', port), 2)),
    'server': lambda: socket.create_server(('127.0.0.1', 0)),
    'interfaces': lambda: socket.if_nameindex(),
}.items():
    if (answer := attempt(action)).startswith('allowed'):
        found.append(f'{door}: {answer}')
found
