# expect: status=ok; result='[]'
# with: kernel
# Page faults handed to user space and memory advice that reaches the machine's pages.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

page = libc.valloc
page.restype = ctypes.c_void_p
address = page(65536)
ctypes.memset(address, 1, 65536)
answers = {
    'userfaultfd': said('userfaultfd', 0),
    'MADV_HWPOISON': said('madvise', address, 4096, 100),
    'MADV_SOFT_OFFLINE': said('madvise', address, 4096, 101),
    'process_madvise': said('process_madvise', 0, 0, 0, 21, 0),
    'remap_file_pages': said('remap_file_pages', address, 4096, 0, 0, 0),
    'mbind': said('mbind', address, 4096, 0, 0, 0, 0),
}
[f'{door}: {answer}' for door, answer in answers.items() if answer.startswith('allowed')]
