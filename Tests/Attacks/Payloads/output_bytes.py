# expect: status=ok; stdout~'before'; result="'end'"
# Everything a stream can carry: all byte values, broken UTF-8, NUL, terminal commands, line
# separators.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

os.write(1, b'before' + bytes(range(256)) * 4 + b'\xed\xa0\x80\xf4\x90\x80\x80\xc0\xaf')
os.write(1, b'\x1b]52;c;cm0gLXJm\x07\x1b[2J\x1b]0;owned\x07\x1bP+q544e\x1b\\\x9b31m\r\n\x00')
os.write(2, '\u2028\u2029\u202e\ufeff\U000e0041'.encode())
'end'
