# expect: status in killed,timeout; stdout='before\n'
# arrange: zygotes
# timeout: 1500
# Stopping the whole process group would freeze a zygote that shares it, and every later call with
# it.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before', flush=True)
os.kill(0, 19)
while True:
    pass
