// The template zygote: warms up one Python, then forks slots from it.
//
// It leaves the host's namespaces before it loads anything, so that even the import of a package
// happens in a root that holds only the system's libraries and that package.

import Jail
import Kernel
import Wire

/// The first process of a template, from its start to its last slot.
enum TemplateZygote {
    static func run(control: consuming Descriptor, lifeline: consuming Descriptor) -> Never {
        let reporter = Reporter(control)
        do {
            try Signal.ignore(Signal.pipe)
            // The loader has seen it; the programs that run here need not.
            try Environment.remove(LoaderVariable.bindNow)
            let supervisor = Processes.parentPid
            let plan = try receivePlan(reporter.socket)
            // Opened while the host's /proc is still there: slots of an ordinary user switch off
            // further user namespaces through it. It never reaches a worker.
            let processes = try Files.open("/proc", .path)
            let image = try Namespaces.initImage()
            let leftovers = GroupLeftovers(plan.groups)
            try NamespaceWall.leave(asRoot: plan.startedAsRoot, processes: processes)
            if let household = try NamespaceWall.settle(image: image, lifeline: lifeline) {
                // Only the zygote may hold the control socket: its end must mean its death.
                reporter.close()
                outlive(household, leftovers, supervisor: supervisor)
            }
            leftovers.forget()
            try prepare(plan)
            reporter.send(.ready(walls: []))
            let kit = SlotKit(image: image, lifeline: lifeline, processes: processes)
            try serve(reporter, kit)
        } catch {
            reporter.fail(error)
        }
        Processes.exitNow(0)
    }

    private static func receivePlan(
        _ control: borrowing Descriptor
    ) throws -> TemplatePlan {
        guard let message = try control.receive(limit: controlMessageBytes) else {
            Processes.exitNow(0)
        }
        return try TemplatePlan(Frame(message.bytes))
    }

    private static func prepare(_ plan: TemplatePlan) throws {
        try RootWall.part()
        let workspace = WorkspaceWall(plan.workspace)
        let shared = try workspace?.take()
        try RootWall.enter(environment: plan.environment)
        let paths = plan.environment == nil ? [] : [RootWall.environment]
        try Interpreter.start(paths: paths, plan: plan)
        if let shared { try workspace?.show(shared) }
        try RootWall.close()
        try Privileges.forbidNewPrivileges()
        try Privileges.forbidInspection()
        let threads = try Threads.count()
        precondition(threads == 1, "a zygote has one thread; an import has started another")
    }

    /// The process outside the namespace: it reaps what is left when the namespace ends. If the
    /// supervisor was killed meanwhile, nobody else is left to take the control groups away.
    private static func outlive(
        _ household: consuming Household, _ leftovers: GroupLeftovers, supervisor: CInt
    ) -> Never {
        while true {
            do { _ = try Processes.wait(-1) } catch { break }
        }
        if !leftovers.isEmpty, hasEnded(supervisor) { leftovers.remove() }
        Processes.exitNow(0)
    }

    /// A killed supervisor lets go of the lifeline before it has ended altogether, the later the
    /// more threads it has. One that lives on has only ended this template.
    private static func hasEnded(_ supervisor: CInt) -> Bool {
        do throws(SystemError) {
            let handle = try Processes.handle(of: supervisor)
            guard Processes.parentPid == supervisor else { return true }
            var poller = Poller()
            poller.add(handle.raw, .readable)
            return try poller.wait(until: .now.advanced(byMilliseconds: patienceMilliseconds))
        } catch {
            return Processes.parentPid != supervisor
        }
    }

    private static let patienceMilliseconds: Int64 = 100

    private static func serve(
        _ reporter: Reporter, _ kit: borrowing SlotKit
    ) throws {
        while var message = try reporter.socket.receive(
            limit: controlMessageBytes, descriptors: 8)
        {
            let plan = try SlotPlan(Frame(message.bytes))
            guard let channel = message.takeDescriptor() else { continue }
            try Processes.reapEnded()
            if try Processes.fork() == 0 {
                reporter.close()
                SlotZygote.found(plan, control: channel, groups: message, kit)
            }
        }
    }
}

/// What every slot needs from its template.
struct SlotKit: ~Copyable {
    let image: Descriptor
    let lifeline: Descriptor
    let processes: Descriptor
}

extension WorkspaceWall {
    /// As a plan names it.
    init?(_ directory: SharedDirectory?) {
        guard let directory else { return nil }
        self.init(path: directory.path, isWritable: directory.isWritable)
    }
}
