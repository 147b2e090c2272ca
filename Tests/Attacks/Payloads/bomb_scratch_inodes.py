# expect: status in ok,memory; result in "'No space left on device'",None
# timeout: 60000
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

said = 'nothing'
try:
    for number in range(2_000_000):
        os.close(os.open(f'n{number}', os.O_CREAT | os.O_WRONLY))
except OSError as error:
    said = error.strerror
said
