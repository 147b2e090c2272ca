# expect: status=ok; result='[]'
# with: kernel
# Numbers newer than the table: a new kernel must not add surface.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

# 335 and 336 (uretprobe, uprobe) pass every filter since Linux 6.14: the kernel itself answers a
# call from anywhere but its own trampoline with SIGILL.
numbers = [*range(337, 424), *range(451, 1024), 4095, 0x3fffffff]
holes({number: said(number, 0, 0, 0, 0, 0, 0) for number in numbers}, 'ENOSYS', 'EPERM')
