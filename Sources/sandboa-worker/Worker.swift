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
        try ScratchWall.enter()
        if ruleset != nil { try restrict(ruleset) }
        try channel.place(at: Descriptors.channel)
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
        guard let job = readJob(channel) else { Processes.exitNow(noJob) }
        guard Interpreter.run(job) else { Processes.exitNow(resultLost) }
        // The supervisor has the result: it looks at what this process used, then ends it.
        while true {
            do {
                if try channel.read(limit: 1).isEmpty { Processes.exitNow(0) }
            } catch { Processes.exitNow(0) }
        }
    }

    private static func readJob(_ channel: borrowing Descriptor) -> [UInt8]? {
        do {
            var bytes = [UInt8](repeating: 0, count: Frame.headerBytes)
            guard try fill(&bytes, from: 0, channel) else { return nil }
            let (_, size) = try Frame.header(of: bytes)
            bytes += [UInt8](repeating: 0, count: size)
            return try fill(&bytes, from: Frame.headerBytes, channel) ? bytes : nil
        } catch { return nil }
    }

    private static func fill(
        _ bytes: inout [UInt8], from start: Int, _ channel: borrowing Descriptor
    ) throws(SystemError) -> Bool {
        var done = start
        while done < bytes.count {
            guard let got = try channel.read(into: &bytes, from: done), got > 0 else {
                return false
            }
            done += got
        }
        return true
    }
}
