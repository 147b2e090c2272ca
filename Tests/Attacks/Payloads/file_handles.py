# expect: status=ok; result='[]'
# with: kernel
# A handle names an inode without a path: the classic way out of a container.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

handle = ctypes.create_string_buffer(bytes([8, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]), 144)
how = (ctypes.c_uint64 * 3)(0, 0, 0)
mount = ctypes.c_int(0)
answers = {
    'name_to_handle_at': (
        said('name_to_handle_at', -100, b'/usr', handle, ctypes.byref(mount), 0), 'EPERM'),
    'open_by_handle_at': (said('open_by_handle_at', -100, handle, 0), 'EPERM'),
    'openat2': (said('openat2', -100, b'/', how, 24), 'ENOSYS'),
}
[f'{door}: {answer}' for door, (answer, wanted) in answers.items() if answer != wanted]
