import Testing

@testable import Jail

/// What the filters say about processes and about the kernel: one sentence, one ruling.
@Suite struct SyscallProcessTests {
    let compute: SyscallProbe
    let interpreter: SyscallProbe

    init() throws {
        compute = try SyscallProbe("compute")
        interpreter = try SyscallProbe("interpreter")
    }

    /// The flags of pthread_create and of fork in glibc 2.36.
    static let threadFlags: UInt64 = 0x3d_0f00
    static let forkFlags: UInt64 = 0x0120_0011

    @Test func `a thread can be made everywhere`() throws {
        for probe in [compute, interpreter] {
            try probe.expect("clone", [Self.threadFlags], .allow)
        }
    }

    @Test func `a fork fails politely in compute and works in interpreter`() throws {
        try compute.expect("clone", [Self.forkFlags], .eagain)
        try compute.expect("fork", .eagain)
        try compute.expect("vfork", .eagain)
        // posix_spawn: CLONE_VM|CLONE_VFORK|SIGCHLD, memory shared but no thread.
        try compute.expect("clone", [0x4111], .eagain)
        try interpreter.expect("clone", [Self.forkFlags], .allow)
        try interpreter.expect("clone", [0x4111], .allow)
        try interpreter.expect("fork", .allow)
        try interpreter.expect("vfork", .allow)
    }

    @Test(
        arguments: [
            0x2_0000, 0x0200_0000, 0x0400_0000, 0x0800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000,
            0x8000,
        ] as [UInt64])
    func `no clone makes a namespace or a sibling`(flag: UInt64) throws {
        for flags in [Self.threadFlags, Self.forkFlags] {
            try compute.expect("clone", [flags | flag], .eagain)
            try interpreter.expect("clone", [flags | flag], .eperm)
        }
    }

    @Test func `flags in the high half of the register change nothing`() throws {
        try compute.expect("clone", [Self.threadFlags | 1 << 36], .allow)
        try compute.expect("clone", [Self.forkFlags | 1 << 48], .eagain)
        try interpreter.expect("clone", [Self.forkFlags | 1 << 36], .allow)
    }

    @Test func `clone3 does not exist, so that libraries fall back to clone`() throws {
        for probe in [compute, interpreter] { try probe.expect("clone3", .enosys) }
    }

    @Test func `an interpreter may take itself out of others' reach, and no more`() throws {
        try compute.expect("landlock_create_ruleset", .enosys)
        try interpreter.expect("landlock_create_ruleset", [0, 24, 0], .allow)
        try interpreter.expect("landlock_create_ruleset", [0, 24, 1], .enosys)
        try interpreter.expect("landlock_create_ruleset", [0, 0, 1], .enosys)
        try interpreter.expect("landlock_restrict_self", [3, 0], .allow)
        try interpreter.expect("landlock_restrict_self", [3, 1], .enosys)
        try interpreter.expect("landlock_add_rule", .enosys)
    }

    @Test func `programs are started in interpreter only, and never by descriptor`() throws {
        try compute.expect("execve", .eperm)
        try interpreter.expect("execve", .allow)
        for probe in [compute, interpreter] { try probe.expect("execveat", .enosys) }
        // ARCH_SET_FS by the loader of the started program; ARCH_SET_GS never.
        try compute.expect("arch_prctl", [0x1002], .eperm)
        try interpreter.expect("arch_prctl", [0x1002], .allow)
        try interpreter.expect("arch_prctl", [0x1001], .refuse(.EINVAL))
    }

    @Test func `namespaces, mounts and roots are out of bounds`() throws {
        for probe in [compute, interpreter] {
            try probe.expect(
                [
                    "unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "fsopen",
                    "fsconfig", "fsmount", "fspick", "move_mount", "open_tree", "mount_setattr",
                    "sethostname",
                ], .eperm)
        }
    }

    @Test func `other processes can't be read or steered`() throws {
        for probe in [compute, interpreter] {
            try probe.expect(
                [
                    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise",
                    "pidfd_getfd", "kcmp", "rt_sigqueueinfo", "bpf", "perf_event_open",
                ], .eperm)
            try probe.expect("prlimit64", [0, 7], .allow)
            try probe.expect("prlimit64", [1, 7], .eperm)
            try probe.expect("sched_setaffinity", [0], .allow)
            try probe.expect("sched_setaffinity", [2], .eperm)
        }
    }

    @Test func `calls that leave seccomp or the namespaces behind do not exist`() throws {
        for probe in [compute, interpreter] {
            try probe.expect(
                [
                    "io_uring_setup", "io_uring_enter", "io_uring_register", "io_setup",
                    "userfaultfd", "keyctl", "add_key", "request_key", "memfd_create",
                    "memfd_secret", "pidfd_open", "pidfd_send_signal", "seccomp",
                    "landlock_add_rule", "fanotify_init",
                    "inotify_init1", "msgget", "semget", "shmget", "mq_open", "pkey_alloc",
                    "pkey_mprotect", "modify_ldt", "splice", "tee", "vmsplice", "sendfile",
                    "copy_file_range", "openat2", "fchmodat2",
                ], .enosys)
        }
    }

    @Test func `a session's fork can restrict itself further, and do nothing else with Landlock`()
        throws
    {
        try compute.expect(["landlock_create_ruleset", "landlock_restrict_self"], .enosys)
        try interpreter.expect("landlock_create_ruleset", [0, 24, 0], .allow)
        try interpreter.expect("landlock_create_ruleset", [0, 16, 0], .enosys)
        try interpreter.expect("landlock_create_ruleset", [0, 24, 1], .enosys)
        try interpreter.expect("landlock_restrict_self", [3, 0], .allow)
        try interpreter.expect("landlock_restrict_self", [3, 1], .enosys)
    }

    @Test func `reaching for the kernel kills`() throws {
        for probe in [compute, interpreter] {
            try probe.expect(
                [
                    "init_module", "finit_module", "delete_module", "kexec_load",
                    "kexec_file_load", "reboot", "iopl", "ioperm",
                ], .kill)
        }
    }

    @Test func `another entrance to the kernel kills`() throws {
        for variant in TableFile.variants {
            let compiler = FilterCompiler(table: TableFile.table)
            let stages = try compiler.stages(for: variant)
            let filters = FilterSimulator(stages.zygote, stages.worker)
            // getpid through x32, and through i386's int 0x80.
            for attempt in [
                SyscallAttempt(39 | 0x4000_0000), SyscallAttempt(20, architecture: 0x4000_0003),
            ] {
                #expect(filters.answer(to: attempt) == FilterAction.kill.encoded)
            }
            // A call of a kernel to come.
            #expect(filters.answer(to: SyscallAttempt(600)) == FilterAction.enosys.encoded)
        }
    }

    @Test func `the leash can't be taken off with prctl`() throws {
        for probe in [compute, interpreter] {
            // Names, and reading the state of the walls.
            for option: UInt64 in [2, 3, 15, 16, 21, 23, 39] {
                try probe.expect("prctl", [option], .allow)
            }
            // PDEATHSIG, DUMPABLE, SECCOMP, CAPBSET_DROP, MM, SUBREAPER, NO_NEW_PRIVS,
            // SPECULATION_CTRL, SYSCALL_USER_DISPATCH, SCHED_CORE, PTRACER.
            for option: UInt64 in [1, 4, 22, 24, 35, 36, 38, 53, 59, 62, 0x5961_6d61] {
                try probe.expect("prctl", [option], .eperm)
            }
            try probe.expect("prctl", [0x5356_4d41], .refuse(.EINVAL))
            try probe.expect("personality", [0xffff_ffff], .allow)
            try probe.expect("personality", [0x0040_0000], .eperm)
        }
    }

    @Test func `rights that were dropped stay dropped`() throws {
        for probe in [compute, interpreter] {
            try probe.expect(
                ["setuid", "setgid", "setresuid", "setresgid", "setgroups", "capset", "setrlimit"],
                .eperm)
        }
    }
}
