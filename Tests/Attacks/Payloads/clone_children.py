# expect: status=ok; result='[]'
# profiles: interpreter
# with: kernel
# Children are allowed; siblings (CLONE_PARENT would make the zygote their parent) and every new
# namespace are not.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

arguments = ctypes.create_string_buffer(88)
arguments[32] = 17
answers = {
    'clone PARENT': (said('clone', 0x8000 | 17, 0, 0, 0, 0), 'EPERM'),
    'clone PARENT|VM': (said('clone', 0x8100 | 17, 0, 0, 0, 0), 'EPERM'),
    'thread PARENT': (said('clone', 0x18f00, 0, 0, 0, 0), 'EPERM'),
    'clone NEWNS': (said('clone', 0x20000 | 17, 0, 0, 0, 0), 'EPERM'),
    'clone NEWUSER': (said('clone', 0x10000000 | 17, 0, 0, 0, 0), 'EPERM'),
    'clone NEWPID': (said('clone', 0x20000000 | 17, 0, 0, 0, 0), 'EPERM'),
    'clone3': (said('clone3', arguments, 88), 'ENOSYS'),
}
[f'{door}: {answer}' for door, (answer, wanted) in answers.items() if answer != wanted]
