// What the kernel shows of a parked worker in /proc, seen from outside. Pure.

import Jail

/// The files of one process under /proc, and what they prove.
struct WorkerEvidence: Hashable, Sendable {
    /// /proc/PID/status
    var status: String
    /// /proc/PID/limits
    var limits: String
    /// /proc/PID/cgroup
    var groups: String
    /// Namespaces by kind, as /proc/PID/ns names them: the worker's and ours.
    var namespaces: [String: String]
    var ourNamespaces: [String: String]

    static let namespaceKinds = ["cgroup", "ipc", "mnt", "net", "pid", "uts"]

    /// What contradicts a wall that was reported as raised; nil: nothing does.
    func objection(to wall: WallName) -> String? {
        switch wall {
        case .noNewPrivileges: expect("NoNewPrivs", "1")
        case .seccomp: expect("Seccomp", "2") ?? expect("Seccomp_filters", "2")
        case .capabilities:
            ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"].lazy
                .compactMap { expect($0, "0000000000000000") }.first
        case .identity: rootIdentity
        case .namespaces: sharedNamespace
        case .rlimits: missingLimit
        case .memoryGroup, .pidsGroup:
            isInGroup(wall == .memoryGroup ? "memory" : "pids")
                ? nil : "the worker is in no control group of ours"
        case .root, .scratch, .workspace, .processes, .landlock, .memoryPoll: nil
        }
    }

    /// How a wall was verified, for those that can be seen from outside.
    func proof(of wall: WallName) -> String? {
        switch wall {
        case .noNewPrivileges: "NoNewPrivs 1"
        case .seccomp: "Seccomp 2, filters 2"
        case .capabilities: "Cap* 0"
        case .identity: "Uid \(field("Uid")?.split(separator: " ").first ?? "?")"
        case .namespaces: "differ from ours"
        case .rlimits: "as set"
        case .memoryGroup, .pidsGroup: "joined"
        case .root, .scratch, .workspace, .processes, .landlock, .memoryPoll: nil
        }
    }

    // MARK: Checks

    /// Version 1 has a line per controller, version 2 one line without any.
    private func isInGroup(_ controller: String) -> Bool {
        groups.split(separator: "\n").contains { line in
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { return false }
            let controls = parts[1].split(separator: ",")
            let isRight = parts[1].isEmpty || controls.contains { $0 == controller }
            return isRight && parts[2].split(separator: "/").contains { $0.hasPrefix("sandboa-") }
        }
    }

    private func field(_ name: String) -> String? {
        status.split(separator: "\n").first { $0.hasPrefix("\(name):") }.map { line in
            line.dropFirst(name.count + 1).split { $0 == " " || $0 == "\t" }
                .joined(separator: " ")
        }
    }

    private func expect(_ name: String, _ wanted: String) -> String? {
        guard let found = field(name) else { return "the kernel shows no \(name)" }
        return found == wanted ? nil : "the kernel shows \(name) \(found), not \(wanted)"
    }

    private var rootIdentity: String? {
        guard let found = field("Uid") else { return "the kernel shows no Uid" }
        return found.split(separator: " ").contains("0") ? "the kernel shows Uid \(found)" : nil
    }

    private var sharedNamespace: String? {
        for kind in Self.namespaceKinds {
            guard let theirs = namespaces[kind], let ours = ourNamespaces[kind] else {
                return "the \(kind) namespace could not be seen"
            }
            if theirs == ours { return "the \(kind) namespace is the host's" }
        }
        return nil
    }

    private var missingLimit: String? {
        for name in ["Max address space", "Max data size", "Max processes", "Max open files"] {
            guard let line = limits.split(separator: "\n").first(where: { $0.hasPrefix(name) })
            else { return "the kernel shows no \(name)" }
            let soft = line.dropFirst(name.count).split(separator: " ").first
            if soft == nil || soft == "unlimited" { return "\(name) is unlimited" }
        }
        return nil
    }
}
