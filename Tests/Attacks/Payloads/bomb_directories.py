# expect: status in ok,memory
# timeout: 30000
# Three thousand directories deep, with long names: whoever clears up must not recurse.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

depth = 0
try:
    for depth in range(3_000):
        os.mkdir('d' * 200)
        os.chdir('d' * 200)
except OSError as error:
    print(error.strerror)
depth
