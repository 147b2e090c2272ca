# expect: status in ok,error; stdout='before\n'; result=None
# The process leaves without a word, calling it a success. There is no value to report.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before', flush=True)
os._exit(0)
