// The worker: locks itself in, reads its job, runs it, and waits to be ended. A session's worker
// reads one job after the other, and forks when it is told to.
//
// INVARIANT: the order of `lockDown` is the order of reference: what needs privileges comes before
// giving them up, files before Landlock, and the filter last.

import Jail
import Kernel
import Wire

/// One fork: one run, or one session.
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
            if plan.mayFork { Interpreter.contain() }
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
        answering: while true {
            switch Interpreter.answer() {
            case .given: break answering
            case .next: continue
            case .forkAsked: fork()
            case .notAsked: Processes.exitNow(noJob)
            case .lost: Processes.exitNow(resultLost)
            }
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

    /// Obeys an order to fork. Returns in this process, which from then on only forks, and in the
    /// fork, which takes the next jobs.
    private static func fork() {
        do throws(SystemError) {
            guard try Interpreter.mayFork() else { return }
            let child: CInt
            do throws(SystemError) { child = try Processes.fork() } catch {
                return try Interpreter.refuseFork(error)
            }
            if child != 0 { return Interpreter.parked() }
            try Interpreter.placeDescriptors()
            // Before anything of the program runs here: neither the session this came from nor any
            // other fork of it can be signaled any more.
            try Landlock.leaveFamily()
            try Interpreter.afterForkInWorker()
            try Interpreter.sayHello()
        } catch {
            Processes.exitNow(lockDownFailed)
        }
    }
}
