// The pid namespace that a slot's workers live in, with its parked init.

import Jail
import Kernel

/// An inner pid namespace: forks of the slot zygote land in it.
///
/// INVARIANT: a worker's number in here is above the zygote's own number in its namespace.
struct ProcessFamily: ~Copyable {
    private let own: Descriptor
    private let showsProcesses: Bool
    private var initPid: CInt
    private var initHandle: Descriptor

    /// The zygote is process 3 of its namespace, so numbers 2 and 3 are burnt in here.
    private static let burntNumbers = 2

    init(
        image: borrowing Descriptor, lifeline: borrowing Descriptor, showsProcesses: Bool
    ) throws(SystemError) {
        let own = try Files.open("/proc/self/ns/pid")
        try Namespaces.unshare(.pid)
        let initPid = try Namespaces.spawnInit(image: image, lifeline: lifeline)
        let initHandle = try Processes.handle(of: initPid)
        try Self.settle(showsProcesses)
        self.own = own
        self.showsProcesses = showsProcesses
        self.initPid = initPid
        self.initHandle = initHandle
    }

    /// Ends everything in the namespace and founds the next.
    mutating func renew(
        image: borrowing Descriptor, lifeline: borrowing Descriptor
    ) throws(SystemError) {
        try initHandle.signal(Signal.kill)
        _ = try Processes.wait(initPid)
        try Mounts.unmount("/proc", lazily: true)
        try Namespaces.enter(own, .pid)
        try Namespaces.unshare(.pid)
        initPid = try Namespaces.spawnInit(image: image, lifeline: lifeline)
        initHandle = try Processes.handle(of: initPid)
        try Self.settle(showsProcesses)
    }

    /// Ends everything in the namespace, for good.
    borrowing func end() {
        do { try initHandle.signal(Signal.kill) } catch { Processes.exitNow(1) }
    }

    /// Whether more than `worker` itself has taken a number since it was forked: threads, then.
    /// The next run could read that off its own number, so it gets a fresh namespace.
    borrowing func hasGrown(since worker: CInt) throws(SystemError) -> Bool {
        try Processes.nextNumber() != worker + 1
    }

    // The process list belongs to the namespace of whoever mounts it: a child in there does it.
    private static func settle(_ showsProcesses: Bool) throws(SystemError) {
        try NamespaceWall.burnNumber { () throws(SystemError) in
            if showsProcesses {
                try ProcessListWall.mount(at: "/proc")
            } else {
                try Mounts.mount(
                    "none", at: "/proc", type: "tmpfs", [.readOnly, .noSetID, .noDevices],
                    options: "size=4k,nr_inodes=1,mode=555")
            }
        }
        for _ in 1..<burntNumbers { try NamespaceWall.burnNumber {} }
    }
}
