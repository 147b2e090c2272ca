# expect: status=ok; result="['EMFILE', 'works again']"
# with: kernel
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

handles = []
answers = []
try:
    while len(handles) < 1_000_000:
        handles.append(os.open('/dev/null', os.O_RDONLY))
except OSError as error:
    answers.append(errno.errorcode[error.errno])
for handle in handles:
    os.close(handle)
open('after', 'w').close()
answers + ['works again']
