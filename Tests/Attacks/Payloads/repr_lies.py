# expect: status in ok,error,memory; stdout='before\n'
# each: exit number surrogate null huge subclass
# What a value says of itself is hostile text.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

class Text(str):
    def encode(self, *_):
        os._exit(7)
    def __str__(self):
        os._exit(7)
class Value:
    def __repr__(self):
        match each:
            case 'exit': os._exit(7)
            case 'number': return 42
            case 'surrogate': return '\ud800\udfff\udc80'
            case 'null': return 'a\0b\x1b[2J\r\n'
            case 'huge': return 'x' * (200 << 20)
            case 'subclass': return Text('text')
print('before', flush=True)
Value()
