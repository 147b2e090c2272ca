# expect: status=error; stdout='before\n'; result=None
# each: 1 3 255
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before', flush=True)
os._exit(int(each))
