# expect: status in ok,killed
# arrange: zygotes
# kill(-1) reaches every process of the pid namespace but init and the caller. The runner checks
# that the zygotes are the same processes as before.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

try:
    os.kill(-1, 9)
except OSError as error:
    print(error)
