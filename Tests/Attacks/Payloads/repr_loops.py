# expect: status=timeout; stdout='before\n'; result=None
# timeout: 700
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

class Value:
    def __repr__(self):
        while True:
            pass
print('before', flush=True)
Value()
