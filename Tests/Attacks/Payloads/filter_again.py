# expect: status=ok; result='[]'
# with: kernel
# A second filter or ruleset could only take away, but a filter of our own with USER_NOTIF or TRACE
# answers calls in the kernel's place, and a ruleset is kernel surface nobody needs here.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

program = ctypes.create_string_buffer(b'\x06\x00\x00\x00\x00\x00\xff\x7f', 8)
filter_ = (ctypes.c_size_t * 2)(1, ctypes.addressof(program))
answers = {
    'seccomp(SET_MODE_FILTER)': (said('seccomp', 1, 0, filter_), 'ENOSYS'),
    'seccomp(NEW_LISTENER)': (said('seccomp', 1, 8, filter_), 'ENOSYS'),
    'seccomp(SET_MODE_STRICT)': (said('seccomp', 0, 0, 0), 'ENOSYS'),
    'prctl(SET_SECCOMP, FILTER)': (said('prctl', 22, 2, filter_, 0, 0), 'EPERM'),
    'prctl(SET_SECCOMP, STRICT)': (said('prctl', 22, 1, 0, 0, 0), 'EPERM'),
    'landlock_create_ruleset': (said('landlock_create_ruleset', 0, 0, 1), 'ENOSYS'),
    'landlock_restrict_self': (said('landlock_restrict_self', 0, 0), 'ENOSYS'),
}
[f'{door}: {answer}' for door, (answer, wanted) in answers.items() if answer != wanted]
