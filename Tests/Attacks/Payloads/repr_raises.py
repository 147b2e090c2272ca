# expect: status in ok,error,memory; stdout='before\n'
# each: Exception SystemExit KeyboardInterrupt RecursionError MemoryError GeneratorExit
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

class Value:
    def __repr__(self):
        raise getattr(__import__('builtins'), each)('from repr')
print('before', flush=True)
Value()
