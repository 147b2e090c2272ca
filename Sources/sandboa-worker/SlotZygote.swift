// The slot zygote: one place where workers live, one at a time, behind walls that are already up.
//
//      founded ──ready──▶ idle ──fork──▶ busy ──worker reaped──▶ idle
//                           ▲                         │
//                           └── scratch renewed ◀─────┘
//
// INVARIANT: at most one worker at a time, so every counter of the slot's groups is that worker's.
// INVARIANT: the slot never reads a byte a worker wrote.

import Jail
import Kernel
import Wire

/// A slot from its founding to its end.
struct SlotZygote: ~Copyable {
    private let plan: SlotPlan
    private let reporter: Reporter
    private let kit: Kit
    private let scratch: ScratchWall
    private var ruleset: Descriptor?
    private var family: ProcessFamily
    private var workspace: SlotWorkspace

    private struct Kit: ~Copyable {
        let image: Descriptor
        let lifeline: Descriptor
    }

    /// Runs in a fork of the template: founds the slot's household and ends; its zygote lives on.
    static func found(
        _ plan: SlotPlan, control: consuming Descriptor, groups: consuming Message,
        _ shared: borrowing SlotKit
    ) -> Never {
        let reporter = Reporter(control)
        do {
            try joinGroups(groups)
            let identities = try mapIdentities(plan, shared.processes)
            try NamespaceWall.leave(asRoot: plan.startedAsRoot, processes: shared.processes)
            if !plan.startedAsRoot {
                try NamespaceWall.forbidMore(processes: shared.processes)
            }
            let household = try NamespaceWall.settle(
                image: shared.image, lifeline: shared.lifeline)
            if let household {
                reporter.send(.born, attaching: [household.initHandle.raw])
                Processes.exitNow(0)
            }
            // From here on nothing leads to the host's /proc.
            try Descriptor.null().place(at: shared.processes.raw)
            let kit = Kit(
                image: try shared.image.duplicate(), lifeline: try shared.lifeline.duplicate())
            var slot = try SlotZygote(plan, reporter, kit, identities)
            reporter.send(.ready(walls: slot.raised))
            try slot.serve()
        } catch {
            reporter.fail(error)
        }
        Processes.exitNow(0)
    }

    /// Joins the slot's control groups; every later process of the slot inherits them for free.
    private static func joinGroups(_ groups: consuming Message) throws(StageError) {
        while let group = groups.takeDescriptor() {
            do throws(SystemError) { try group.write(Array("0".utf8)) } catch {
                throw StageError("control group", error)
            }
        }
    }

    /// As root: what shows the workspace's owner as the slot's user.
    private static func mapIdentities(
        _ plan: SlotPlan, _ processes: borrowing Descriptor
    ) throws(StageError) -> Descriptor? {
        guard plan.startedAsRoot, let workspace = WorkspaceWall(plan.workspace) else { return nil }
        let user = Owner(user: plan.user, group: plan.group)
        return try workspace.identities(shown: user, processes: processes)
    }

    private static func ruleset(_ plan: SlotPlan) throws(StageError) -> Descriptor? {
        guard plan.usesLandlock else { return nil }
        let workspace = WorkspaceWall(plan.workspace)
        return try LandlockWall.prepare(programs: plan.mayFork, workspace: workspace)
    }

    private init(
        _ plan: SlotPlan, _ reporter: Reporter, _ kit: consuming Kit,
        _ identities: consuming Descriptor?
    ) throws {
        try stage("private mounts") { () throws(SystemError) in
            try Mounts.mount("none", at: "/", [.recursive, .makePrivate])
            try Namespaces.setHostname(plan.hostname)
            try ProcessListWall.mount(at: "/proc")
        }
        let family = try stage("process family") { () throws(SystemError) in
            try ProcessFamily(
                image: kit.image, lifeline: kit.lifeline, showsProcesses: plan.showsProcesses,
                isWatched: plan.mayFork)
        }
        let shown = WorkspaceWall(plan.workspace)
        let scratch = ScratchWall(
            bytes: plan.scratchBytes, files: plan.scratchFiles, user: plan.user,
            group: plan.group, isPassable: shown?.isInScratch == true)
        try scratch.raise()
        let workspace = try SlotWorkspace(
            shown, in: scratch, startedAsRoot: plan.startedAsRoot, identities: identities)
        let ruleset = try Self.ruleset(plan)
        try stage("limits") { () throws(SystemError) in
            for limit in plan.limits {
                guard let resource = LimitedResource(rawValue: limit.resource) else { continue }
                try Privileges.limit(resource, soft: limit.value, hard: limit.value)
            }
        }
        try PrivilegeWall.lowerSlot()
        try Privileges.forbidInspection()
        if !plan.slotFilter.isEmpty {
            try stage("seccomp") { () throws(SystemError) in
                try Privileges.loadFilter(plan.slotFilter)
            }
        }
        self.plan = plan
        self.reporter = reporter
        self.kit = kit
        self.scratch = scratch
        self.ruleset = ruleset
        self.family = family
        self.workspace = workspace
    }

    /// What holds in this slot, by the names of WallName.
    private var raised: [ZygoteReport.RaisedWall] {
        var walls = [
            ZygoteReport.RaisedWall(
                name: "namespaces",
                detail: plan.startedAsRoot
                    ? "pid mount network ipc uts cgroup" : "user pid mount network ipc uts cgroup"),
            .init(name: "root", detail: "read-only, system libraries only"),
            .init(
                name: "scratch",
                detail: "tmpfs \(plan.scratchBytes) bytes, \(plan.scratchFiles) files, noexec"),
            .init(
                name: "processes", detail: plan.showsProcesses ? "own list, subset=pid" : "none"),
            .init(name: "no_new_privs", detail: "set"),
            .init(name: "capabilities", detail: "none, bounding set empty"),
            .init(name: "rlimits", detail: "\(plan.limits.count + 1) hard limits"),
            .init(
                name: "identity",
                detail: plan.startedAsRoot
                    ? "uid \(plan.user), this slot's own" : "uid \(plan.user)"),
        ]
        if let shown = plan.workspace {
            let use = shown.isWritable ? "read and write" : "read-only"
            let owner = plan.startedAsRoot ? ", files stay their owner's" : ""
            let detail = "\(shown.path), \(use), noexec, nosuid, nodev\(owner)"
            walls.append(.init(name: "workspace", detail: detail))
        }
        if ruleset != nil {
            walls.append(.init(name: "landlock", detail: "ABI \(Landlock.abi)"))
        }
        if !plan.workerFilter.isEmpty {
            let count = (plan.slotFilter.count + plan.workerFilter.count) / 8
            walls.append(.init(name: "seccomp", detail: "allow-list, \(count) instructions"))
        }
        return walls
    }

    private mutating func serve() throws {
        while var message = try reporter.socket.receive(
            limit: reportBytes, descriptors: ForkOrder.descriptorCount)
        {
            let order = try ForkOrder(Frame(message.bytes))
            guard let channel = message.takeDescriptor(), let input = message.takeDescriptor(),
                let output = message.takeDescriptor(), let errors = message.takeDescriptor()
            else { continue }
            Interpreter.beforeFork()
            let worker = try Processes.fork()
            if worker == 0 {
                Worker.live(
                    order, plan, ruleset, channel: channel, input: input, output: output,
                    errors: errors)
            }
            Interpreter.afterForkInZygote()
            _ = consume channel
            _ = consume input
            _ = consume output
            _ = consume errors
            try watch(worker)
            try renew(after: worker)
        }
        family.end()
    }

    /// Waits for the worker to end, or for the supervisor to be gone.
    private mutating func watch(_ worker: CInt) throws(SystemError) {
        if let window = family.takeWindow() { reporter.send(.window, attaching: [window.raw]) }
        let handle = try Processes.handle(of: worker)
        // For what the run leaves: its holder reaches the directory even when it is unmounted.
        let scratch = try Files.open(RootWall.scratch, .path)
        reporter.send(.forked, attaching: [handle.raw, scratch.raw])
        _ = consume scratch
        var poller = Poller()
        let ended = poller.add(handle.raw, .readable)
        let control = poller.add(reporter.socket.raw, [])
        while !poller[ended].contains(.readable) {
            _ = try poller.wait(until: nil)
            if !poller[control].isDisjoint(with: .closed) {
                try handle.signal(Signal.kill)
                family.end()
                Processes.exitNow(0)
            }
        }
        guard let reaped = try Processes.wait(worker) else { return }
        reporter.send(
            .exited(
                status: reaped.ending.status,
                cpuMicroseconds: reaped.usage.userMicroseconds + reaped.usage.systemMicroseconds,
                peakBytes: reaped.usage.peakBytes, faults: reaped.usage.minorFaults))
    }

    /// Makes the slot as good as new. Off the path of any call.
    private mutating func renew(after worker: CInt) throws {
        try workspace.leave()
        try scratch.lower()
        do throws(SystemError) {
            let isUsedUp = plan.mayFork ? true : try family.hasGrown(since: worker)
            if isUsedUp {
                try family.renew(image: kit.image, lifeline: kit.lifeline)
            }
        } catch {
            throw StageError("process family", error)
        }
        try scratch.raise()
        try workspace.enter()
        // Its rules name directories that have just been replaced.
        if workspace.isInScratch { ruleset = try Self.ruleset(plan) }
    }
}
