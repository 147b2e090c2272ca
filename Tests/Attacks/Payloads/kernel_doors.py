# expect: status=ok; result='[]'
# with: kernel
# The doors of the last years' kernel escapes, knocked on with arguments that would really open
# them.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

buffer = ctypes.create_string_buffer(256)
perf = ctypes.create_string_buffer(128)
perf[0:8] = (1).to_bytes(4, 'little') + (128).to_bytes(4, 'little')
array = ctypes.create_string_buffer(b''.join(n.to_bytes(4, 'little') for n in (2, 4, 4, 1)), 128)
answers = {
    'io_uring_setup': (said('io_uring_setup', 8, buffer), 'ENOSYS'),
    'bpf(MAP_CREATE)': (said('bpf', 0, array, 128), 'EPERM'),
    'perf_event_open': (said('perf_event_open', perf, 0, -1, -1, 0), 'EPERM'),
    'userfaultfd': (said('userfaultfd', 1), 'ENOSYS'),
    'keyctl(GET_KEYRING_ID)': (said('keyctl', 0, -3, 1), 'ENOSYS'),
    'keyctl(JOIN_SESSION)': (said('keyctl', 1, 0), 'ENOSYS'),
    'add_key': (said('add_key', b'user', b'mark', b'x', 1, -3), 'ENOSYS'),
    'request_key': (said('request_key', b'user', b'mark', 0, -3), 'ENOSYS'),
    'shmget': (said('shmget', 0x1234, 4096, 0o1600), 'ENOSYS'),
    'msgget': (said('msgget', 0x1234, 0o1600), 'ENOSYS'),
    'mq_open': (said('mq_open', b'mark', 0o102, 0o600, 0), 'ENOSYS'),
    'fsopen(tmpfs)': (said('fsopen', b'tmpfs', 0), 'EPERM'),
    'open_tree(CLONE)': (said('open_tree', -100, b'/', 1), 'EPERM'),
    'fanotify_init': (said('fanotify_init', 0, 0), 'ENOSYS'),
    'inotify_init1': (said('inotify_init1', 0), 'ENOSYS'),
    'pidfd_open(1)': (said('pidfd_open', 1, 0), 'ENOSYS'),
    'memfd_secret': (said('memfd_secret', 0), 'ENOSYS'),
    'quotactl': (said('quotactl', 0x80000700, b'/', 0, buffer), 'EPERM'),
    'syslog(READ_ALL)': (said('syslog', 3, buffer, 256), 'EPERM'),
    'acct': (said('acct', b'/tmp/acct'), 'EPERM'),
    'swapon': (said('swapon', b'/tmp/swap', 0), 'EPERM'),
    'sethostname': (said('sethostname', b'other', 5), 'EPERM'),
    'settimeofday': (said('settimeofday', buffer, 0), 'EPERM'),
}
[f'{door}: {answer}' for door, (answer, wanted) in answers.items() if answer != wanted]
