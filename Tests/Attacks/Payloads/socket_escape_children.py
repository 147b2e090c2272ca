# expect: status=ok; result='[]'
# profiles: interpreter
# with: kernel
# arrange: listeners
# Unix sockets lead to one's own processes and to nobody outside: the runner has a TCP port, an
# abstract and a named Unix socket waiting, and fails if one of them hears a thing.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import socket
import urllib.request
found = []
for address in ('\0' + abstract, named):
    end = socket.socket(socket.AF_UNIX)
    if (answer := attempt(end.connect, address)).startswith('allowed'):
        found.append(f'connect {address!r}: {answer}')
    end.close()
for door, action in {
    'tcp': lambda: socket.create_connection(('127.0.0.1', port), timeout=2),
    'tcp6': lambda: socket.create_connection(('::1', port), timeout=2),
    'udp': lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', port)),
    'unix datagram': lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM),
    'urllib': lambda: urllib.request.urlopen(f'http://127.0.0.1:{port}/', timeout=2).read(),
    'name': lambda: socket.getaddrinfo('example.com', 443),
    'server': lambda: socket.create_server(('127.0.0.1', 0)),
}.items():
    if (answer := attempt(action)).startswith('allowed'):
        found.append(f'{door}: {answer}')
listener = socket.socket(socket.AF_UNIX)
listener.bind('/tmp/meeting')
listener.listen()
caller = socket.socket(socket.AF_UNIX)
caller.connect('/tmp/meeting')
caller.sendall(b'ping')
if listener.accept()[0].recv(4) != b'ping':
    found.append('two ends in the scratch directory do not meet')
found
