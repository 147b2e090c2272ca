// A slot, as the supervisor holds it: its zygote, its groups, and the worker it has parked.

import Jail
import Kernel
import Wire

/// One place where one run happens at a time. One thread owns it at a time: the pool hands it on.
final class Slot {
    let template: Template
    let index: Int
    let profile: Profile
    let walls: [ZygoteReport.RaisedWall]
    let control: Descriptor
    /// The slot's outer init: killing it ends everything in the slot.
    private let household: Descriptor
    let group: SlotGroup?
    let null: Descriptor
    /// Whether runs have to be watched for the memory of their processes.
    let boundsMemory: Bool
    private(set) var forks = 0
    /// Set when the zygote is gone: the slot must be ended.
    private(set) var isLost = false
    var idleSince = Moment.now
    private var worker: SlotWorker?
    /// Lent to each run: making one anew costs more than a small read.
    private var buffer = [UInt8](repeating: 0, count: Run.readBytes)

    /// Has a worker waiting for a job.
    var isParked: Bool { worker != nil }

    init(
        index: Int, template: Template, profile: Profile, plan: SlotPlan, group: SlotGroup?
    ) throws(EngineError) {
        self.index = index
        self.template = template
        self.profile = profile
        self.group = group
        do throws(SystemError) {
            var pair = try SocketPair(.packet)
            control = pair.takeOurs()
            null = try Files.open("/dev/null")
            let theirs = pair.takeTheirs()
            let entrances = try group?.entrances() ?? []
            defer { for entrance in entrances { _ = Descriptor(adopting: entrance) } }
            try template.startSlot(plan, channel: theirs, groups: entrances)
        } catch {
            throw EngineError(stage: "slot", message: "\(error)", fix: Advice.for("slot"))
        }
        let founded = try Founded(control)
        let walls = founded.walls
        household = founded.takeHousehold()
        let groups = (group?.names ?? []).map {
            ZygoteReport.RaisedWall(name: "cgroup_\($0)", detail: group?.kind ?? "")
        }
        // A look every few milliseconds stands in for a group where code can multiply.
        boundsMemory = profile.mayFork && group?.names.contains("memory") != true
        let poll = ZygoteReport.RaisedWall(
            name: "memory_poll",
            detail: "every \(RunFamily.lookMilliseconds) ms, all processes of a run together: "
                + "weaker than a control group")
        self.walls = walls + groups + (boundsMemory ? [poll] : [])
    }

    /// What a new slot reports: two processes do, the one that founds it and its zygote, and either
    /// may be first.
    private struct Founded: ~Copyable {
        let household: Descriptor
        let walls: [ZygoteReport.RaisedWall]

        init(_ control: borrowing Descriptor) throws(EngineError) {
            var household: Descriptor?
            var raised: [ZygoteReport.RaisedWall]?
            for _ in 0..<2 {
                var received = try ReportReader.next(from: control, within: 10_000, stage: "slot")
                switch received.report {
                case .born: household = received.takeAttached()
                case .ready(let walls): raised = walls
                default: throw received.error("slot")
                }
            }
            guard let household, let raised else {
                throw EngineError(
                    stage: "slot", message: "it reported one thing twice",
                    fix: "reinstall: sandboa and sandboa-worker must be of one version")
            }
            self.household = household
            walls = raised
        }

        consuming func takeHousehold() -> Descriptor { household }
    }

    /// Forks a worker now, warms it and leaves it waiting.
    func park() throws(EngineError) {
        try order(warm: true)
        try awaitFork()
    }

    /// Hands its parked worker over to a session: from now on the slot is that session's.
    func lendWorker() throws(EngineError) -> SlotWorker {
        if !isParked { try park() }
        guard let lent = worker else {
            throw EngineError(stage: "slot", message: "no worker", fix: Advice.for("slot"))
        }
        return lent
    }

    /// Whether nothing has happened to the zygote or to the parked worker since they were left.
    var isUntouched: Bool {
        var poller = Poller()
        let reports = poller.add(control.raw, .readable)
        let channel = worker.map { poller.add($0.channel.raw, .readable) }
        do throws(SystemError) {
            guard try poller.wait(until: Moment.now) else { return true }
        } catch { return false }
        return poller[reports].isEmpty && channel.map { poller[$0].isEmpty } ?? true
    }

    /// Memory kills of the group when the present worker was ordered.
    private var memoryKills: Int64 = 0

    private func order(warm: Bool, input: consuming Descriptor? = nil) throws(EngineError) {
        do throws(SystemError) {
            forks += 1
            memoryKills = group?.memoryKills ?? 0
            switch input {
            case .some(let input): worker = try SlotWorker(on: control, warm: warm, input: input)
            case .none: worker = try SlotWorker(on: control, warm: warm, input: null)
            }
        } catch {
            isLost = true
            throw EngineError(stage: "slot", message: "\(error)", fix: Advice.for("slot"))
        }
    }

    private func awaitFork() throws(EngineError) {
        do throws(EngineError) {
            while worker?.handle == nil {
                try worker?.learn(ReportReader.next(from: control, within: 10_000, stage: "slot"))
            }
        } catch {
            isLost = true
            throw error
        }
    }

    /// Runs a job on the parked worker, or on one forked now. `isAlone`: no other run is under way.
    func run(
        _ request: RunRequest, isAlone: Bool
    ) throws(EngineError) -> (Outcome, Remains) {
        if case .some(let input) = request.input {
            // A parked worker reads from nowhere: this run needs one of its own.
            if isParked { try clear() }
            let file: Descriptor
            do throws(SystemError) { file = try Files.duplicate(input) } catch {
                throw EngineError(
                    stage: "input", message: "\(error)", fix: "check standard input")
            }
            try order(warm: false, input: consume file)
        } else if !isParked {
            try order(warm: false)
        }
        guard let worker else {
            throw EngineError(stage: "slot", message: "no worker", fix: Advice.for("slot"))
        }
        var run = Run(
            request, seal: worker.seal, profile: profile, memoryKillsBefore: memoryKills,
            isAlone: isAlone, boundsMemory: boundsMemory, buffer: buffer)
        buffer = []
        do throws(EngineError) {
            try run.drive(worker, control)
        } catch {
            isLost = true
            throw error
        }
        isLost = run.slotIsLost
        buffer = run.buffer
        let outcome = run.outcome(worker, group)
        var remains = Remains()
        run.finishStreams(&remains)
        if outcome.status != .cancelled {
            remains.collect(outcome.report, request.artifacts, from: self)
        }
        return (outcome, remains)
    }

    /// What the worker has left, once it can change nothing any more; nil: nothing, or the worker
    /// can't be had.
    func abandonedScratch(wanting isWanted: (Scratch) -> Bool) -> Scratch? {
        do throws(EngineError) {
            if isLost { return nil }
            try awaitFork()
            guard let scratch = worker?.scratch, isWanted(scratch) else { return nil }
            try stop()
            return scratch
        } catch { return nil }
    }

    /// Ends the worker of the last run and waits until the kernel has taken it away.
    func clear() throws(EngineError) {
        do throws(EngineError) {
            if isLost { throw EngineError(stage: "slot", message: "lost", fix: "") }
            try awaitFork()
            try stop()
            worker = nil
        } catch {
            isLost = true
            throw error
        }
    }

    /// Kills the worker and waits until it is reaped.
    private func stop() throws(EngineError) {
        worker?.handle?.kill()
        do throws(EngineError) {
            while worker?.ending == nil {
                try worker?.learn(ReportReader.next(from: control, within: 10_000, stage: "slot"))
            }
        } catch {
            isLost = true
            throw error
        }
    }

    /// The number out here of the worker it has parked.
    var parkedPid: CInt? { worker?.handle?.hostPid }

    /// Ends the slot and everything in it.
    func end() {
        do {
            try household.signal(Signal.kill)
            var poller = Poller()
            poller.add(household.raw, .readable)
            _ = try poller.wait(until: Moment.now.advanced(byMilliseconds: 2_000))
        } catch { isLost = true }
        group?.remove()
    }
}
