// The pid namespace that a slot's workers live in, with its parked init.

import Jail
import Kernel

/// An inner pid namespace: forks of the slot zygote land in it.
///
/// INVARIANT: a worker's number in here is above the zygote's own number in its namespace, which is
/// 3: numbers 2 and 3 are burnt in here.
struct ProcessFamily: ~Copyable {
    private let own: Descriptor
    private let showsProcesses: Bool
    private let isWatched: Bool
    private var initPid: CInt
    private var initHandle: Descriptor
    /// Its process list with nothing hidden, for the supervisor. It is mounted nowhere, so no run
    /// can find it.
    private var window: Descriptor?

    init(
        image: borrowing Descriptor, lifeline: borrowing Descriptor, showsProcesses: Bool,
        isWatched: Bool
    ) throws(SystemError) {
        let own = try Files.open("/proc/self/ns/pid")
        try Namespaces.unshare(.pid)
        let initPid = try Namespaces.spawnInit(image: image, lifeline: lifeline)
        let initHandle = try Processes.handle(of: initPid)
        window = try Self.settle(showsProcesses, isWatched)
        self.own = own
        self.isWatched = isWatched
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
        window = try Self.settle(showsProcesses, isWatched)
    }

    /// Gives the window away, once for each founding.
    mutating func takeWindow() -> Descriptor? { window.take() }

    /// Ends everything in the namespace, for good.
    borrowing func end() {
        do { try initHandle.signal(Signal.kill) } catch { Processes.exitNow(1) }
    }

    /// Whether more than `worker` itself has taken a number since it was forked: threads, then.
    /// The next run could read that off its own number, so it gets a fresh namespace.
    borrowing func hasGrown(since worker: CInt) throws(SystemError) -> Bool {
        try Processes.nextNumber() != worker + 1
    }

    // A process list belongs to the namespace of whoever mounts it: children in there do it, the
    // two whose numbers are to be burnt anyway.
    private static func settle(
        _ showsProcesses: Bool, _ isWatched: Bool
    ) throws(SystemError) -> Descriptor? {
        var window: Descriptor?
        try NamespaceWall.burnNumber { () throws(SystemError) in
            if isWatched { try ProcessListWall.mountOpenly(at: "/proc") }
        }
        if isWatched {
            window = try Files.open("/proc", .path)
            try Mounts.unmount("/proc", lazily: true)
        }
        try NamespaceWall.burnNumber { () throws(SystemError) in
            if showsProcesses {
                try ProcessListWall.mount(at: "/proc")
            } else {
                try Mounts.mount(
                    "none", at: "/proc", type: "tmpfs", [.readOnly, .noSetID, .noDevices],
                    options: "size=4k,nr_inodes=1,mode=555")
            }
        }
        return window
    }
}
