# expect: status=ok; result='[]'
# with: kernel
# There is no terminal to type into.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

import pty
import termios
answers = {
    '/dev/tty': attempt(os.open, '/dev/tty', os.O_RDWR),
    '/dev/ptmx': attempt(os.open, '/dev/ptmx', os.O_RDWR),
    'openpty': attempt(os.openpty),
    'pty.fork': attempt(pty.fork),
    'ctermid': attempt(lambda: os.open(os.ctermid(), os.O_RDWR)),
    'tcsetpgrp': attempt(os.tcsetpgrp, 0, os.getpgrp()),
    'tcgetattr': attempt(termios.tcgetattr, 0),
    'isatty': attempt(lambda: [number for number in range(256) if os.isatty(number)][0]),
}
[f'{door}: {answer}' for door, answer in answers.items() if answer.startswith('allowed')]
