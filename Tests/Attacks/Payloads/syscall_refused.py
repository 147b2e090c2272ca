# expect: status=ok; result='[]'
# with: kernel
# Calls a program may expect to exist and to be told "not permitted": what belongs to root, to
# other processes, or to the machine.
import os; assert os.uname().nodename == 'sandboa'  # only ever inside the walls

calls = """
acct adjtimex bpf capset chown chroot clock_adjtime clock_settime fchown fchownat fsconfig
fsmount fsopen fspick get_mempolicy get_robust_list ioprio_get ioprio_set kcmp lchown mbind
migrate_pages mincore mlock mlock2 mlockall mount mount_setattr move_mount move_pages munlock
munlockall name_to_handle_at open_by_handle_at open_tree perf_event_open pidfd_getfd pivot_root
process_madvise process_mrelease process_vm_readv process_vm_writev ptrace quotactl quotactl_fd
rt_sigqueueinfo rt_tgsigqueueinfo sched_getattr sched_rr_get_interval sched_setattr
sched_setparam sched_setscheduler set_mempolicy setdomainname setfsgid setfsuid setgid setgroups
sethostname setns setregid setresgid setresuid setreuid setrlimit setpriority settimeofday setuid
swapoff swapon sync syncfs syslog umount2 unshare vhangup
""".split()
holes({name: said(name, 0, 0, 0, 0, 0, 0) for name in calls}, 'EPERM')
