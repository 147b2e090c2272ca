# expect: status in ok,error,crashed,killed
# each: twice unknown long short huge magic version kind outcome utf8 overlap zero
# The worker's own format, each time wrong in one way: the reader must not believe a length, a
# count or a type.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import struct
def field(kind, data, length=None):
    return struct.pack('<HHI', kind, 0, len(data) if length is None else length) + data
def frame(fields, magic=0x31584253, version=1, kind=2, length=None):
    length = len(fields) if length is None else length
    return struct.pack('<IHHI', magic, version, kind, length) + fields
good = field(1, struct.pack('<I', 0))
bad = {
    'twice': lambda: frame(good + good),
    'unknown': lambda: frame(good + field(999, b'x')),
    'long': lambda: frame(good + field(2, b'x', 4_000_000_000)),
    'short': lambda: frame(good, length=3),
    'huge': lambda: frame(good, length=0xffffffff) + b'x' * 65536,
    'magic': lambda: frame(good, magic=0),
    'version': lambda: frame(good, version=65535),
    'kind': lambda: frame(good, kind=1),
    'outcome': lambda: frame(field(1, struct.pack('<I', 0xffffffff))),
    'utf8': lambda: frame(good + field(2, b'\xff\xfe\xed\xa0\x80\x00\x1b[2J')),
    'overlap': lambda: frame(good + field(2, frame(good), 1)),
    'zero': lambda: frame(b''),
}[each]()
for handle in range(3, 256):
    try:
        os.set_blocking(handle, False)
        os.write(handle, bad)
    except OSError:
        pass
os._exit(0)
