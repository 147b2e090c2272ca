# expect: status=ok; result='[]'
# with: kernel
# No page may be writable and then, or at once, executable. Not by mmap, not by mprotect, not by
# way of a file, a memfd, shared memory, a stack or personality.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import mmap
READ, WRITE, EXEC, PRIVATE, SHARED, ANON, GROWSDOWN = 1, 2, 4, 2, 1, 0x20, 0x100
page = mmap.PAGESIZE
plain = mmap.mmap(-1, page)
plain.write(b'\xb8\x2a\x00\x00\x00\xc3')  # mov eax, 42; ret
address = ctypes.addressof(ctypes.c_char.from_buffer(plain))
with open('code.bin', 'wb') as file:
    file.write(b'\xb8\x2a\x00\x00\x00\xc3'.ljust(page, b'\x90'))
code = os.open('code.bin', os.O_RDWR)
library = os.open(os.__file__, os.O_RDONLY)
answers = {
    'mmap RWX': said('mmap', 0, page, READ | WRITE | EXEC, PRIVATE | ANON, -1, 0),
    'mmap WX': said('mmap', 0, page, WRITE | EXEC, PRIVATE | ANON, -1, 0),
    'mmap RX anonymous': said('mmap', 0, page, READ | EXEC, PRIVATE | ANON, -1, 0),
    'mmap RX shared anonymous': said('mmap', 0, page, READ | EXEC, SHARED | ANON, -1, 0),
    'mmap RWX with high bits': said('mmap', 0, page, 1 << 32 | 7, PRIVATE | ANON, -1, 0),
    'mmap RX stack': said('mmap', 0, page, READ | EXEC, PRIVATE | ANON | GROWSDOWN, -1, 0),
    'mmap RX scratch file': said('mmap', 0, page, READ | EXEC, PRIVATE, code, 0),
    'mmap RX scratch file shared': said('mmap', 0, page, READ | EXEC, SHARED, code, 0),
    'mmap RWX library': said('mmap', 0, page, READ | WRITE | EXEC, PRIVATE, library, 0),
    'mprotect RX': said('mprotect', address, page, READ | EXEC),
    'mprotect RWX': said('mprotect', address, page, READ | WRITE | EXEC),
    'mprotect X': said('mprotect', address, page, EXEC),
    'mprotect X|GROWSDOWN': said('mprotect', address, page, EXEC | 0x01000000),
    'python mmap': attempt(mmap.mmap, -1, page, prot=mmap.PROT_WRITE | mmap.PROT_EXEC),
}
[f'{door}: {answer}' for door, answer in answers.items() if answer not in ('EPERM', 'EACCES')]
