# expect: status=ok; stdout='before\n'; result="'gone'"
# The current directory is removed, or moved to the root.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

print('before')
os.makedirs('deep/er')
os.chdir('deep/er')
os.rmdir('../er')
os.chdir('/')
'gone'
