// The worker: locks itself in, reads its one job, runs it, and waits to be ended.
//
// INVARIANT: the order of `lockDown` is the order of reference: what needs privileges comes before
// giving them up, files before Landlock, and the filter last.

import Jail
import Kernel
import Wire

/// One fork, one run.
enum Worker {
    /// Exit codes of a worker that could not do its part; the supervisor reads them as crashes.
    static let lockDownFailed: CInt = 120
    static let noJob: CInt = 0
    static let resultLost: CInt = 121

    static func live(
        _ order: ForkOrder, _ plan: SlotPlan, _ ruleset: borrowing Descriptor?,
        channel: consuming Descriptor, input: consuming Descriptor,
        output: consuming Descriptor, errors: consuming Descriptor
    ) -> Never {
        do {
            try Interpreter.afterForkInWorker()
            try input.place(at: Descriptors.input)
            try output.place(at: Descriptors.output)
            try errors.place(at: Descriptors.errors)
            try lockDown(plan, ruleset, channel)
            if order.warm { try Interpreter.warm() }
        } catch {
            Processes.exitNow(lockDownFailed)
        }
        run(Descriptor(adopting: Descriptors.channel))
    }

    private static func lockDown(
        _ plan: SlotPlan, _ ruleset: borrowing Descriptor?, _ channel: consuming Descriptor
    ) throws(SystemError) {
        try Privileges.limit(.cpuSeconds, soft: plan.cpuSeconds, hard: plan.cpuSeconds + 1)
        try PrivilegeWall.lowerWorker(
            asRoot: plan.startedAsRoot, user: plan.user, group: plan.group)
        try ScratchWall.enter(sharesMemory: plan.mayFork)
        if ruleset != nil { try restrict(ruleset) }
        try channel.place(at: Descriptors.channel)
        // Programs have no use for it. A run's own forks keep it, and can write nothing there that
        // the run itself could not.
        if plan.mayFork { try Descriptor.closeOnExecution(Descriptors.channel) }
        try Descriptor.closeAll(from: Descriptors.firstClosed)
        if !plan.workerFilter.isEmpty { try Privileges.loadFilter(plan.workerFilter) }
    }

    private static func restrict(_ ruleset: borrowing Descriptor?) throws(SystemError) {
        switch ruleset {
        case .some(let ruleset): try Landlock.restrict(with: ruleset)
        case .none: break
        }
    }

    private static func run(_ channel: consuming Descriptor) -> Never {
        switch Interpreter.answer() {
        case .notAsked: Processes.exitNow(noJob)
        case .lost: Processes.exitNow(resultLost)
        case .given: break
        }
        // The supervisor has the result: it looks at what this process used, then ends it. Waiting
        // in poll: the supervisor's reading would wake a read, and a read has nothing to do then.
        var poller = Poller()
        poller.add(channel.raw, .readable)
        do {
            while try !poller.wait(until: nil) {}
        } catch { Processes.exitNow(0) }
        Processes.exitNow(0)
    }
}
