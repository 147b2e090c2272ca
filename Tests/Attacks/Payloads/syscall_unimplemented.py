# expect: status=ok; result='[]'
# with: kernel
# Calls that answer "not implemented", so that libraries probe them and fall back: zero-copy paths
# into the page cache, keyrings and SysV/POSIX IPC (channels between runs), io_uring (sockets
# without socket()), new ways to make code, and everything whose flags hide behind a pointer.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

calls = """
_sysctl add_key afs_syscall clone3 copy_file_range create_module execveat fanotify_init
fanotify_mark get_kernel_syms get_thread_area getpmsg inotify_add_watch inotify_init
inotify_init1 inotify_rm_watch io_cancel io_destroy io_getevents io_pgetevents io_setup io_submit
io_uring_enter io_uring_register io_uring_setup keyctl landlock_add_rule landlock_create_ruleset
landlock_restrict_self lookup_dcookie memfd_create memfd_secret modify_ldt mq_getsetattr
mq_notify mq_open mq_timedreceive mq_timedsend mq_unlink msgctl msgget msgrcv msgsnd nfsservctl
openat2 pidfd_open pidfd_send_signal pkey_alloc pkey_free pkey_mprotect putpmsg query_module
remap_file_pages request_key seccomp security semctl semget semop semtimedop sendfile
set_mempolicy_home_node set_thread_area shmat shmctl shmdt shmget splice sync_file_range sysfs
tee tuxcall uselib userfaultfd ustat vmsplice vserver fchmodat2
""".split()
holes({name: said(name, 0, 0, 0, 0, 0, 0) for name in calls}, 'ENOSYS')
