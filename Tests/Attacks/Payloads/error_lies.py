# expect: status in error,timeout,memory; stdout='before\n'
# each: loops raises exits huge surrogate line type chain
# timeout: 3000
# An exception is an object of the program: its words, its name and its line numbers are hostile
# too.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

class Bad(Exception):
    def __str__(self):
        match each:
            case 'loops':
                while True:
                    pass
            case 'raises': raise Bad()
            case 'exits': os._exit(7)
            case 'huge': return 'x' * (100 << 20)
            case 'surrogate': return '\ud800 \0 \x1b]0;title\x07'
        return 'message'
print('before', flush=True)
error = Bad()
if each == 'type':
    Bad.__name__ = 'A' * 100_000 + '\n{"jsonrpc":"2.0"}'
    Bad.__module__ = 42
if each == 'line':
    exec(compile('\n' * 9_999_999 + 'raise error', '../../etc/passwd', 'exec'))
if each == 'chain':
    for _ in range(100_000):
        following = Bad()
        following.__cause__ = error
        error = following
raise error
