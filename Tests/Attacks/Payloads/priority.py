# expect: status=ok; result='[]'
# with: kernel
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

real_time = (ctypes.c_int * 1)(50)
answers = {
    'setpriority self up': said('setpriority', 0, 0, -20),
    'setpriority self down': said('setpriority', 0, 0, 19),
    'setpriority everyone': said('setpriority', 2, 0, 0),
    'sched_setscheduler FIFO': said('sched_setscheduler', 0, 1, real_time),
    'sched_setscheduler BATCH': said('sched_setscheduler', 0, 3, (ctypes.c_int * 1)(0)),
    'sched_setattr': said('sched_setattr', 0, bytes(48), 0),
    'ioprio_set': said('ioprio_set', 1, 0, 1 << 13),
    'sched_setaffinity of another': said('sched_setaffinity', 1, 8, (ctypes.c_ulong * 1)(1)),
    'nice': attempt(os.nice, -1),
}
holes(answers, 'EPERM')
