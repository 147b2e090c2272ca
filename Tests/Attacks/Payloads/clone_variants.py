# expect: status=ok; result='[]'
# profiles: compute
# `interpreter` may make processes: see clone_children.
# with: kernel
# Every way to make a process. `compute` may start threads and nothing else: without a second
# process the address-space limit and the scratch quota bound the whole run, even where there are
# no cgroups.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

arguments = ctypes.create_string_buffer(88)
arguments[32] = 17
answers = {
    'fork': (said('fork'), 'EAGAIN'),
    'vfork': (said('vfork'), 'EAGAIN'),
    'clone': (said('clone', 17, 0, 0, 0, 0), 'EAGAIN'),
    'clone no signal': (said('clone', 0, 0, 0, 0, 0), 'EAGAIN'),
    'clone VM': (said('clone', 0x100 | 17, 0, 0, 0, 0), 'EAGAIN'),
    'clone VM|VFORK': (said('clone', 0x4100 | 17, 0, 0, 0, 0), 'EAGAIN'),
    'clone UNTRACED': (said('clone', 0x800000 | 17, 0, 0, 0, 0), 'EAGAIN'),
    'clone PIDFD': (said('clone', 0x1000 | 17, 0, arguments, 0, 0), 'EAGAIN'),
    'clone PARENT': (said('clone', 0x8000 | 17, 0, 0, 0, 0), 'EAGAIN'),
    'clone3': (said('clone3', arguments, 88), 'ENOSYS'),
}
[f'{door}: {answer}' for door, (answer, wanted) in answers.items()
 if answer != wanted and not (answer == 'EPERM' and 'PARENT' in door)]
