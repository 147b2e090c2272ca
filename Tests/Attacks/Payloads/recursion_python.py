# expect: status=error; error.type='RecursionError'; stdout='before\n'
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before')
def down():
    down()
down()
