// Children: starting, watching, killing and reaping them.

internal import CKernel
internal import Glibc

/// How a process ended, as the kernel tells it.
package enum Ending: Hashable, Sendable {
    case exited(code: CInt)
    case signaled(signal: CInt)

    /// From wait(2)'s status word.
    package init(status: CInt) {
        let signal = status & 0x7f
        self = signal == 0 ? .exited(code: (status >> 8) & 0xff) : .signaled(signal: signal)
    }

    package var status: CInt {
        switch self {
        case .exited(let code): code << 8
        case .signaled(let signal): signal
        }
    }
}

/// What a reaped process used, by the kernel's account.
package struct ResourceUsage: Hashable, Sendable {
    package var userMicroseconds: Int64
    package var systemMicroseconds: Int64
    package var peakBytes: Int64
    package var minorFaults: Int64

    package init(
        userMicroseconds: Int64 = 0, systemMicroseconds: Int64 = 0, peakBytes: Int64 = 0,
        minorFaults: Int64 = 0
    ) {
        self.userMicroseconds = userMicroseconds
        self.systemMicroseconds = systemMicroseconds
        self.peakBytes = peakBytes
        self.minorFaults = minorFaults
    }
}

package enum Processes {
    package struct Reaped: Sendable {
        package let pid: CInt
        package let ending: Ending
        package let usage: ResourceUsage
    }

    /// Starts a program with exactly these descriptors (nil: closed), arguments and environment.
    package static func spawn(
        _ path: String, arguments: [String], environment: [String], descriptors: [CInt?],
        directory: String? = nil
    ) throws(SystemError) -> CInt {
        // SAFETY: the C strings live until the shim returns; it is done with them by then.
        var argv = unsafe arguments.map { unsafe strdup($0) } + [nil]
        var envp = unsafe environment.map { unsafe strdup($0) } + [nil]
        defer {
            unsafe argv.forEach { unsafe free($0) }
            unsafe envp.forEach { unsafe free($0) }
        }
        let fds = descriptors.map { $0 ?? -1 }
        let pid = unsafe sbx_spawn(path, &argv, &envp, fds, fds.count, directory)
        return try check(pid, "exec", path)
    }

    /// fork(2), for processes with exactly one thread. 0 in the child.
    package static func fork() throws(SystemError) -> CInt { try check(sbx_fork(), "fork") }

    /// The number the next child gets, used up by asking (vfork: nothing is copied).
    package static func nextNumber() throws(SystemError) -> CInt {
        try check(sbx_burn_number(), "vfork")
    }

    /// Ends this process at once: no destructors, no buffers.
    package static func exitNow(_ code: CInt) -> Never { sbx_exit_now(code) }

    package static func exit(_ code: CInt) -> Never { sbx_exit(code) }

    /// Reaps a child (-1: any). Nil: none has ended, when `blocking` is false.
    package static func wait(
        _ pid: CInt, blocking: Bool = true
    ) throws(SystemError) -> Reaped? {
        var status: CInt = 0
        var usage = sbx_usage()
        // SAFETY: the shim fills both in.
        let got = try check(
            unsafe sbx_wait(pid, blocking ? 0 : 1, &status, &usage), "wait4")
        guard got > 0 else { return nil }
        return Reaped(
            pid: got, ending: Ending(status: status),
            usage: ResourceUsage(
                userMicroseconds: usage.user_us, systemMicroseconds: usage.system_us,
                peakBytes: usage.peak_kib * 1024, minorFaults: usage.minor_faults))
    }

    /// Reaps whatever children have ended; having none is fine.
    package static func reapEnded() throws(SystemError) {
        do throws(SystemError) {
            while try wait(-1, blocking: false) != nil {}
        } catch {
            if error.code != ErrorCode.noChild { throw error }
        }
    }

    package static func handle(of pid: CInt) throws(SystemError) -> Descriptor {
        Descriptor(adopting: try check(sbx_pidfd_open(pid), "pidfd_open"))
    }

    package static func kill(_ pid: CInt, _ signal: CInt) throws(SystemError) {
        try check(sbx_kill(pid, signal), "kill")
    }

    /// Sends this process a signal when the thread that started it ends.
    package static func signalWhenParentEnds(_ signal: CInt) throws(SystemError) {
        try check(sbx_set_parent_death_signal(signal), "prctl", "PR_SET_PDEATHSIG")
    }

    package static var ownPid: CInt { sbx_getpid() }
    package static var parentPid: CInt { sbx_getppid() }
    package static var userIdentifier: UInt32 { sbx_getuid() }
    package static var groupIdentifier: UInt32 { sbx_getgid() }

    /// Processors this process may run on.
    package static var processorCount: Int { Int(sbx_processors()) }

    /// CPU time of a process and all its threads, nil when it is gone.
    package static func cpuNanoseconds(of pid: CInt) -> Int64? {
        let time = sbx_cpu_time_of(pid)
        return time < 0 ? nil : time
    }

    /// CPU time of this process and of the descendants it has reaped, in microseconds.
    package static var ownCPUMicroseconds: Int64 { sbx_cpu_self_us() }
    package static var reapedCPUMicroseconds: Int64 { sbx_cpu_children_us() }
}

extension Descriptor {
    /// How the process this pidfd names has ended, whoever its parent is. Nil: it lives, or this
    /// kernel does not tell.
    package var ending: Ending? {
        var status: CInt = 0
        // SAFETY: the shim fills it in.
        return unsafe sbx_pidfd_status(raw, &status) == 1 ? Ending(status: status) : nil
    }

    /// Sends a signal to the process this pidfd names. A process already gone is no error.
    package func signal(_ number: CInt) throws(SystemError) {
        let result = sbx_pidfd_signal(raw, number)
        if result == -ErrorCode.noSuchProcess { return }
        try check(result, "pidfd_send_signal")
    }
}

package enum Signal {
    package static let hangup: CInt = 1
    package static let interrupt: CInt = 2
    package static let quit: CInt = 3
    package static let illegal: CInt = 4
    package static let trap: CInt = 5
    package static let abort: CInt = 6
    package static let bus: CInt = 7
    package static let floatingPoint: CInt = 8
    package static let kill: CInt = 9
    package static let segmentation: CInt = 11
    package static let pipe: CInt = 13
    package static let terminate: CInt = 15
    package static let child: CInt = 17
    package static let stop: CInt = 19
    package static let cpuLimit: CInt = 24
    package static let fileSizeLimit: CInt = 25
    package static let badSystemCall: CInt = 31

    package static func ignore(_ signal: CInt) throws(SystemError) {
        try check(sbx_ignore_signal(signal), "signal")
    }

    package static func restoreDefault(_ signal: CInt) throws(SystemError) {
        try check(sbx_default_signal(signal), "signal")
    }

    /// Blocks the signals here and in later threads; the descriptor reads them.
    package static func descriptor(for signals: [CInt]) throws(SystemError) -> Descriptor {
        // SAFETY: the array is only read, for its own count.
        Descriptor(
            adopting: try check(unsafe sbx_signal_descriptor(signals, signals.count), "signalfd"))
    }

    package static func next(from descriptor: borrowing Descriptor) throws(SystemError) -> CInt {
        try check(sbx_read_signal(descriptor.raw), "read")
    }

    /// The name a person knows, such as `SIGSEGV`.
    package static func name(_ signal: CInt) -> String {
        let names = [
            "", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE",
            "SIGKILL", "SIGUSR1", "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM",
            "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU",
            "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO",
            "SIGPWR", "SIGSYS",
        ]
        return names.indices.contains(Int(signal)) && signal > 0
            ? names[Int(signal)] : "signal \(signal)"
    }
}
