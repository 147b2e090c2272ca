# expect: status in ok,error,crashed; stdout~'before'
# each: outputs all upper null dup
# All descriptors closed, or put over with something else.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before', flush=True)
match each:
    case 'outputs':
        os.close(1)
        os.close(2)
    case 'all': os.closerange(0, 65536)
    case 'upper': os.closerange(3, 65536)
    case 'null':
        null = os.open('/dev/null', os.O_RDWR)
        for handle in range(256):
            os.dup2(null, handle)
    case 'dup':
        for handle in range(3, 256):
            os.dup2(1, handle)
'end'
