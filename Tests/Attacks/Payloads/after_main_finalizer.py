# expect: status in ok,timeout; stdout='before\n'
# timeout: 1000
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before', flush=True)
class Sticky:
    def __del__(self):
        while True:
            pass
keep = Sticky()
