// The walls by name: what `--require` demands, `doctor` reports and a result tells.

/// One wall.
package enum WallName: String, CaseIterable, Hashable, Sendable {
    case namespaces
    case root
    case scratch
    case workspace
    case processes
    case identity
    case capabilities
    case noNewPrivileges = "no_new_privs"
    case rlimits
    case landlock
    case seccomp
    case memoryGroup = "cgroup_memory"
    case pidsGroup = "cgroup_pids"
    case memoryPoll = "memory_poll"

    /// Walls that every kernel and every user can have: without one of these nothing starts.
    /// Landlock joins them where the kernel has it.
    package static let always: Set<WallName> = [
        .namespaces, .root, .scratch, .processes, .identity, .capabilities, .noNewPrivileges,
        .rlimits, .seccomp,
    ]

    /// What it keeps out, in one line.
    package var purpose: String {
        switch self {
        case .namespaces: "no name for host processes, mounts, networks, IPC"
        case .root: "no host file but read-only system libraries"
        case .scratch: "one private directory, noexec, with a quota"
        case .workspace: "one directory of yours, noexec, and nothing beside it"
        case .processes: "no view of other processes or of the kernel"
        case .identity: "never root, on either side of the wall"
        case .capabilities: "no privilege to use"
        case .noNewPrivileges: "no privilege to gain"
        case .rlimits: "bounded memory, CPU, files, processes"
        case .landlock: "file rights that hold whatever modes and mounts say"
        case .seccomp: "only listed system calls reach the kernel"
        case .memoryGroup: "one bound on all memory of a run"
        case .pidsGroup: "one bound on all processes of a run"
        case .memoryPoll: "the same, looked at from time to time: weaker than a control group"
        }
    }
}
