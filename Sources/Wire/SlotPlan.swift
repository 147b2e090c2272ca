// What the supervisor tells a template about a slot to fork: every wall and limit, as numbers.

/// The walls and limits of one slot. Workers of the slot get exactly these.
package struct SlotPlan: Hashable, Sendable {
    package var startedAsRoot: Bool
    /// The slot's own identity (as root), or the user's (otherwise).
    package var user: UInt32
    package var group: UInt32
    package var hostname: String
    /// The scratch tmpfs: bytes and files.
    package var scratchBytes: UInt64
    package var scratchFiles: UInt64
    /// Whether workers see a process list of their own (`subset=pid`).
    package var showsProcesses: Bool
    /// Hard limits by kernel number, set once in the slot and inherited.
    package var limits: [Limit]
    /// Set in each worker, since it counts what the process has used: seconds.
    package var cpuSeconds: UInt64
    package var usesLandlock: Bool
    /// seccomp programs: loaded by the slot, loaded by each worker. Empty: none.
    package var slotFilter: [UInt8]
    package var workerFilter: [UInt8]
    /// Whether code in this slot may fork: then every run gets a fresh init.
    package var mayFork: Bool
    /// What of the template's workspace is shown; nil: nothing.
    package var workspace: SharedDirectory?

    package struct Limit: Hashable, Sendable {
        package var resource: Int32
        package var value: UInt64
        package init(resource: Int32, value: UInt64) {
            self.resource = resource
            self.value = value
        }
    }

    package init(
        startedAsRoot: Bool, user: UInt32, group: UInt32, hostname: String, scratchBytes: UInt64,
        scratchFiles: UInt64, showsProcesses: Bool, limits: [Limit], cpuSeconds: UInt64,
        usesLandlock: Bool, slotFilter: [UInt8], workerFilter: [UInt8], mayFork: Bool,
        workspace: SharedDirectory? = nil
    ) {
        self.startedAsRoot = startedAsRoot
        self.user = user
        self.group = group
        self.hostname = hostname
        self.scratchBytes = scratchBytes
        self.scratchFiles = scratchFiles
        self.showsProcesses = showsProcesses
        self.limits = limits
        self.cpuSeconds = cpuSeconds
        self.usesLandlock = usesLandlock
        self.slotFilter = slotFilter
        self.workerFilter = workerFilter
        self.mayFork = mayFork
        self.workspace = workspace
    }

    private enum Tag {
        static let root: UInt16 = 1
        static let user: UInt16 = 2
        static let group: UInt16 = 3
        static let hostname: UInt16 = 4
        static let scratchBytes: UInt16 = 5
        static let scratchFiles: UInt16 = 6
        static let showsProcesses: UInt16 = 7
        static let limitResource: UInt16 = 8
        static let limitValue: UInt16 = 9
        static let cpuSeconds: UInt16 = 10
        static let landlock: UInt16 = 11
        static let slotFilter: UInt16 = 12
        static let workerFilter: UInt16 = 13
        static let mayFork: UInt16 = 14
        static let workspace: UInt16 = 32
        static let workspaceIsWritable: UInt16 = 33
    }

    package var encoded: [UInt8] {
        var writer = FrameWriter(kind: MessageKind.startSlot, reserving: 8192)
        writer.add(Tag.root, flag: startedAsRoot)
        writer.add(Tag.user, user)
        writer.add(Tag.group, group)
        writer.add(Tag.hostname, hostname)
        writer.add(Tag.scratchBytes, scratchBytes)
        writer.add(Tag.scratchFiles, scratchFiles)
        writer.add(Tag.showsProcesses, flag: showsProcesses)
        for limit in limits {
            writer.add(Tag.limitResource, UInt32(bitPattern: limit.resource))
            writer.add(Tag.limitValue, limit.value)
        }
        writer.add(Tag.cpuSeconds, cpuSeconds)
        writer.add(Tag.landlock, flag: usesLandlock)
        writer.add(Tag.slotFilter, slotFilter)
        writer.add(Tag.workerFilter, workerFilter)
        writer.add(Tag.mayFork, flag: mayFork)
        if let workspace {
            writer.add(Tag.workspace, workspace.path)
            writer.add(Tag.workspaceIsWritable, flag: workspace.isWritable)
        }
        return writer.finished()
    }

    package init(_ frame: Frame) throws(FrameError) {
        guard frame.kind == MessageKind.startSlot,
            let user = frame.number(Tag.user), let group = frame.number(Tag.group),
            let hostname = frame.text(Tag.hostname),
            let scratchBytes = frame.number(Tag.scratchBytes),
            let scratchFiles = frame.number(Tag.scratchFiles),
            let cpuSeconds = frame.number(Tag.cpuSeconds),
            let slotFilter = frame.bytes(Tag.slotFilter),
            let workerFilter = frame.bytes(Tag.workerFilter)
        else { throw .incomplete(kind: frame.kind) }
        startedAsRoot = frame.flag(Tag.root)
        self.user = UInt32(truncatingIfNeeded: user)
        self.group = UInt32(truncatingIfNeeded: group)
        self.hostname = hostname
        self.scratchBytes = scratchBytes
        self.scratchFiles = scratchFiles
        showsProcesses = frame.flag(Tag.showsProcesses)
        limits = zip(frame.all(Tag.limitResource), frame.all(Tag.limitValue)).map {
            Limit(
                resource: Int32(
                    truncatingIfNeeded: $0.littleEndian(at: 0, width: min(4, $0.count))),
                value: $1.littleEndian(at: 0, width: min(8, $1.count)))
        }
        self.cpuSeconds = cpuSeconds
        usesLandlock = frame.flag(Tag.landlock)
        self.slotFilter = slotFilter
        self.workerFilter = workerFilter
        mayFork = frame.flag(Tag.mayFork)
        workspace = frame.text(Tag.workspace).map {
            SharedDirectory(path: $0, isWritable: frame.flag(Tag.workspaceIsWritable))
        }
    }
}
