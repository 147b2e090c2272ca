// Namespaces: a family of processes that can name nothing outside itself.
//
// INVARIANT: the process that will fork workers is process 3 of its own pid namespace, behind a
// parked init (1) and a burnt number (2), so that zygote and worker never share a pid number:
// OpenSSL notices a fork by comparing exactly that number.
// Killing the parked init ends every process of the namespace and of those below it.

package import Kernel

/// Fresh namespaces of every kind, entered by forking a new household.
package enum NamespaceWall {
    package static let everyKind: NamespaceKinds = [.mount, .network, .ipc, .uts, .pid, .cgroup]

    /// Leaves the host's namespaces. As an ordinary user this makes a user namespace first, with
    /// the user's own number mapped to itself: never root, on either side.
    /// `processes` is the host's /proc, opened before the root changed: our own is read-only.
    package static func leave(
        asRoot: Bool, processes: borrowing Descriptor
    ) throws(StageError) {
        if asRoot {
            try stage("namespaces") { () throws(SystemError) in try Namespaces.unshare(everyKind) }
            return
        }
        let user = Processes.userIdentifier
        let group = Processes.groupIdentifier
        try stage("user namespace") { () throws(SystemError) in
            try Namespaces.unshare(everyKind.union(.user))
        }
        try stage("identity map") { () throws(SystemError) in
            try Privileges.allowInspection()
            try write("deny", to: "self/setgroups", beneath: processes)
            try write("\(user) \(user) 1", to: "self/uid_map", beneath: processes)
            try write("\(group) \(group) 1", to: "self/gid_map", beneath: processes)
            try Privileges.forbidInspection()
        }
    }

    /// Forbids further user namespaces in this one: a new one would hold every capability.
    /// `processes` is a /proc that shows `sys`, opened before the root changed.
    package static func forbidMore(processes: borrowing Descriptor) throws(StageError) {
        let sysctl = "sys/user/max_user_namespaces"
        do {
            let file = try Files.open(sysctl, beneath: processes, writing: true)
            try file.write(Array("0".utf8))
        } catch {
            throw StageError("no more user namespaces", error)
        }
    }

    /// Starts the household: init, burnt number, and the process that goes on. Returns nil in that
    /// process, and a handle on the init in the caller.
    package static func settle(
        image: borrowing Descriptor, lifeline: borrowing Descriptor
    ) throws(StageError) -> Household? {
        do {
            let initPid = try Namespaces.spawnInit(image: image, lifeline: lifeline)
            let handle = try Processes.handle(of: initPid)
            try burnNumber {}
            let zygote = try Processes.fork()
            if zygote == 0 { return nil }
            return Household(initPid: initPid, initHandle: handle, zygote: zygote)
        } catch {
            throw StageError("household", error)
        }
    }

    /// Uses up one pid number, doing `work` in the child on the way.
    package static func burnNumber(_ work: () throws(SystemError) -> Void) throws(SystemError) {
        let child = try Processes.fork()
        if child == 0 {
            do throws(SystemError) { try work() } catch { Processes.exitNow(error.code) }
            Processes.exitNow(0)
        }
        guard let reaped = try Processes.wait(child) else { return }
        if reaped.ending != .exited(code: 0) {
            throw SystemError("child", code: CInt(reaped.ending.status >> 8))
        }
    }

    private static func write(
        _ text: String, to path: String, beneath directory: borrowing Descriptor
    ) throws(SystemError) {
        let file = try Files.open(path, beneath: directory, writing: true)
        try file.write(Array(text.utf8))
    }
}

/// The founding members of a pid namespace, as their parent sees them.
package struct Household: ~Copyable {
    package let initPid: CInt
    package let initHandle: Descriptor
    package let zygote: CInt
}
