# expect: status=ok; result="{'control': True, 'leaked': []}"
# timeout: 60000
# arrange: marks
# What the server knows and what other calls brought must be in no page of this process. The runner
# starts the server with a mark in its environment, sends calls with marks of their own, then runs
# this. A mark made here proves that the search finds what is there.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import ctypes
import re
control = b'-'.join([b'sandboa', b'control', b'0' * 32])
pattern = re.compile(rb'sandboa-(canary|marker|control)-[0-9a-f]{32}')
seen = set()
for line in open('/proc/self/maps'):
    span, access, *_ = line.split()
    if access[0] != 'r' or '[v' in line:
        continue
    start, end = (int(word, 16) for word in span.split('-'))
    for at in range(start, end, 1 << 20):
        chunk = ctypes.string_at(at, min((1 << 20) + 64, end - at))
        seen.update(bytes(match.group()) for match in pattern.finditer(chunk))
        del chunk
for path in ('/proc/self/environ', '/proc/1/environ', '/proc/self/cmdline', '/proc/1/cmdline'):
    try:
        seen.update(match.group() for match in pattern.finditer(open(path, 'rb').read()))
    except OSError:
        pass
seen.update(match.group() for match in pattern.finditer(repr(dict(os.environ)).encode()))
{'control': control in seen, 'leaked': sorted(seen - {control})}
