// One run, read top to bottom: feed the job, collect what comes, stop it when it must stop.
//
//     fed ──▶ running ──result frame──▶ reported
//                │ ──────deadline──────▶ overdue      (killed)
//                │ ──────cancelled─────▶ cancelled    (killed)
//                │ ──────output limit──▶ excessive    (killed)
//                │ ──────family limit──▶ tooMuch      (killed)
//                │ ──────channel ends──▶ gone         (the kernel says how)
//
// INVARIANT: bytes from the worker decide nothing but what the program itself returned or raised.
// INVARIANT: whatever was printed before the end, whichever end, is in the outcome.

import Jail
import Kernel
import Wire

/// The state of one run while it lasts.
struct Run {
    enum End {
        case reported(RunReport), overdue, cancelled, excessive, tooMuch(RunFamily.Excess)
        case gone, garbled
    }

    private let request: RunRequest
    private let job: [UInt8]
    private let limits: Limits
    private let memoryKillsBefore: Int64
    /// CPU time of the process before this run: a session's has had others.
    private let cpuMicrosecondsBefore: Int64
    /// No other run is under way.
    private let isAlone: Bool
    private var finishedAt = Moment.now
    private var nextTick: Moment
    private var fed = 0
    private var scanner: ResultScanner
    private var output: OutputStream
    private var errors: OutputStream
    /// What is read goes through here; the slot's, lent for the run.
    private(set) var buffer: [UInt8]
    private var end: End?
    private(set) var slotIsLost = false
    /// The processes of the run, where it can start some.
    private var family: RunFamily?
    private let boundsMemory: Bool
    private var usage: (cpuMicroseconds: Int64, peakBytes: Int64, threads: Int64)?

    static let readBytes = 65_536
    /// What is told of the last line, at most.
    private static let lineCharacters = 200
    /// Reads after the end: a pipe holds one, and a writer may get one more in before it dies.
    private static let pipefuls = 3
    /// How long a worker that closed its channel may take to be reaped: freeing memory takes time.
    private static let reapMilliseconds: Int64 = 5_000

    init(
        _ request: RunRequest, seal: Seal, profile: Profile, memoryKillsBefore: Int64,
        cpuMicrosecondsBefore: Int64 = 0, isAlone: Bool, boundsMemory: Bool = false,
        family: RunFamily? = nil, buffer: consuming [UInt8]
    ) {
        self.cpuMicrosecondsBefore = cpuMicrosecondsBefore
        self.boundsMemory = boundsMemory
        self.family = family
        self.isAlone = isAlone
        self.buffer = buffer
        self.request = request
        let firstTick = request.startedAt.advanced(
            byMilliseconds: RunRequest.firstProgressMilliseconds)
        nextTick = request.progress == nil ? request.deadline : min(firstTick, request.deadline)
        var job = request.job
        if let limits = request.limits {
            job.limits =
                job.isSession
                ? profile.lowering(to: limits, afterMicroseconds: cpuMicrosecondsBefore)
                : profile.lowering(to: limits)
        }
        self.job = job.encoded(seal: seal)
        scanner = ResultScanner(seal)
        limits = request.limits ?? profile.limits
        self.memoryKillsBefore = memoryKillsBefore
        let shown = Int(limits.shownCharacters)
        output = OutputStream(shownCharacters: shown, store: request.artifacts)
        errors = OutputStream(shownCharacters: shown, store: request.artifacts)
    }

    /// Runs until the end is known. Throws only when our own side failed.
    mutating func drive(
        _ worker: SlotWorker, _ control: borrowing Descriptor
    ) throws(EngineError) {
        do {
            if let handle = worker.handle { request.cancellation.attach(handle) }
            adopt(worker)
            if isAlone, let parked = worker.handle?.hostPid {
                let shared = SharedProcessor.take(parked)
                feed(worker)
                try watchBriefly(worker)
                _ = consume shared
            } else {
                feed(worker)
            }
            if end == nil {
                request.underWay?()
                request.progress?(.running(lastLine: ""))
            }
            try watch(worker, control)
            finishedAt = Moment.now
            request.cancellation.detach()
            if case .gone = end { try awaitEnding(worker, control) }
            usage = worker.handle?.usage()
            look()
            // Nothing after its result counts. What a pipe can hold is still there to be read. A
            // worker that has reported is killed when its reply is out (`Slot.clear`): a death
            // now would compete with the reply for the processor.
            if mustKill { worker.handle?.kill() }
            for _ in 0..<Self.pipefuls {
                guard try take(worker.output, \.output) else { break }
            }
            for _ in 0..<Self.pipefuls {
                guard try take(worker.errors, \.errors) else { break }
            }
        } catch let error as EngineError {
            throw error
        } catch {
            throw EngineError(stage: "run", message: "\(error)", fix: "try again")
        }
    }

    private var mustKill: Bool {
        switch end {
        case .overdue, .cancelled, .excessive, .tooMuch, .garbled: true
        case .reported, .gone, nil: false
        }
    }

    // MARK: Watching

    /// Waits for the result alone, for a moment. Most runs end in it; what they print can be read
    /// afterwards, and nobody has to be woken for it.
    private mutating func watchBriefly(_ worker: SlotWorker) throws {
        guard fed == job.count else { return }
        var poller = Poller()
        poller.add(worker.channel.raw, .readable)
        let moment = Moment.now.advanced(byNanoseconds: SharedProcessor.nanoseconds)
        guard try poller.wait(until: min(moment, nextTick)) else { return }
        if request.cancellation.isCancelled { end = .cancelled }
        try exchange(worker.channel)
    }

    private mutating func watch(
        _ worker: SlotWorker, _ control: borrowing Descriptor
    ) throws {
        guard end == nil else { return }
        var poller = Poller()
        let channel = poller.add(worker.channel.raw, channelEvents)
        let reports = poller.add(worker.news(control), .readable)
        let out = poller.add(worker.output.raw, .readable)
        let err = poller.add(worker.errors.raw, .readable)
        while end == nil {
            let nextLook = family?.nextLook ?? nextTick
            _ = try poller.wait(until: min(nextTick, nextLook))
            let now = Moment.now
            if now >= nextLook { look() }
            if request.cancellation.isCancelled { end = .cancelled }
            if now >= request.deadline { end = end ?? .overdue }
            if now >= nextTick { tick() }
            if !poller[out].isEmpty, try !take(worker.output, \.output, once: true) {
                poller.drop(out)
            }
            if !poller[err].isEmpty, try !take(worker.errors, \.errors, once: true) {
                poller.drop(err)
            }
            // The channel first: a result written just before the end is still a result.
            if !poller[channel].isEmpty { try exchange(worker.channel) }
            if !poller[reports].isEmpty { try hear(worker, control) }
            poller.change(channel, worker.channel.raw, channelEvents)
        }
    }

    /// Takes over what shows the processes of the run, once the zygote has sent it.
    private mutating func adopt(_ worker: SlotWorker) {
        guard let window = worker.window.take() else { return }
        family = RunFamily(window, boundsMemory: boundsMemory)
    }

    /// Looks at the processes of the run. What comes to light after its end changes nothing.
    private mutating func look() {
        guard let excess = family?.look(limits) else { return }
        end = end ?? .tooMuch(excess)
    }

    /// Reports progress, and sets when to do so next.
    private mutating func tick() {
        request.progress?(
            .running(lastLine: output.keeper.lastLine(limit: Self.lineCharacters)))
        // A run that waited long for its worker has missed some: those are not made up for.
        let period = RunRequest.progressMilliseconds
        let missed = Moment.now.nanoseconds(since: nextTick) / (period * 1_000_000)
        let later = nextTick.advanced(byMilliseconds: (max(0, missed) + 1) * period)
        nextTick = min(later, request.deadline)
    }

    private var channelEvents: Poller.Events {
        fed < job.count ? [.readable, .writable] : .readable
    }

    private mutating func hear(
        _ worker: SlotWorker, _ control: borrowing Descriptor
    ) throws {
        do {
            try worker.hear(control, within: 1_000)
        } catch {
            slotIsLost = true
            end = end ?? .gone
            return
        }
        if worker.ending != nil {
            if end == nil { try exchange(worker.channel) }
            end = end ?? .gone
        }
        if let handle = worker.handle { request.cancellation.attach(handle) }
        adopt(worker)
    }

    /// Waits for the zygote to say how the worker ended.
    private mutating func awaitEnding(
        _ worker: SlotWorker, _ control: borrowing Descriptor
    ) throws(SystemError) {
        while worker.ending == nil, !slotIsLost {
            do throws(EngineError) {
                try worker.hear(control, within: Self.reapMilliseconds)
            } catch { slotIsLost = true }
        }
    }

    // MARK: Bytes

    /// Gives a worker its job. One that is gone takes none: `watch` finds out how it ended.
    private mutating func feed(_ worker: SlotWorker) {
        do { try feed(worker.channel) } catch { fed = job.count }
    }

    private mutating func feed(_ channel: borrowing Descriptor) throws(SystemError) {
        while fed < job.count {
            guard let wrote = try channel.writeOnce(job, from: fed) else { return }
            fed += wrote
        }
    }

    private mutating func exchange(_ channel: borrowing Descriptor) throws(SystemError) {
        do { if fed < job.count { try feed(channel) } } catch { fed = job.count }
        while end == nil {
            let got: Int?
            do { got = try channel.read(into: &buffer, from: 0) } catch { got = 0 }
            guard let got else { return }
            guard got > 0 else { end = .gone; return }
            switch scanner.add(buffer[..<got]) {
            case .incomplete: continue
            case .result(let report): end = .reported(report)
            case .flooded, .broken: end = .garbled
            }
        }
    }

    /// Reads a stream until it is empty (true while more may follow at once); false at its end.
    private mutating func take(
        _ stream: borrowing Descriptor, _ kept: WritableKeyPath<Run, OutputStream>,
        once: Bool = false
    ) throws(SystemError) -> Bool {
        guard let got = try stream.read(into: &buffer, from: 0) else { return once }
        guard got > 0 else { return false }
        self[keyPath: kept].append(buffer[..<got])
        request.listener?(kept == \.output ? .output : .errors, buffer[..<got])
        if output.keeper.totalBytes + errors.keeper.totalBytes > limits.output {
            end = end ?? .excessive
            return once
        }
        // A pipe gives all it has, up to what fits.
        return once || got == buffer.count
    }

    // MARK: The ruling

    /// What became of the run. The worker may still be there; it has nothing left to say.
    func outcome(_ worker: SlotWorker, _ group: SlotGroup?) -> Outcome {
        let shown = Int(limits.shownCharacters)
        let (status, cause) = ruling(worker.ending.flatMap(\.ending), group)
        let cpu = usage?.cpuMicroseconds ?? worker.ending?.cpuMicroseconds ?? 0
        var report: RunReport?
        if case .reported(let told) = end { report = told }
        return Outcome(
            status: status, report: report, cause: cause,
            output: output.keeper.text(shownCharacters: shown),
            errors: errors.keeper.text(shownCharacters: shown),
            usage: Outcome.Usage(
                wallMicroseconds: finishedAt.nanoseconds(since: request.startedAt) / 1000,
                cpuMicroseconds: max(0, cpu - cpuMicrosecondsBefore),
                peakBytes: max(
                    usage?.peakBytes ?? worker.ending?.peakBytes ?? 0, family?.mostBytes ?? 0),
                processes: family?.mostProcesses ?? 1),
            limitMilliseconds: request.limitMilliseconds)
    }

    /// The whole of each stream that is cut in the outcome.
    mutating func finishStreams(_ remains: inout Remains) {
        let shown = Int(limits.shownCharacters)
        let out = output.finish(named: "stdout", shownCharacters: shown)
        let err = errors.finish(named: "stderr", shownCharacters: shown)
        remains.output = out.whole
        remains.errors = err.whole
        remains.notes += [out.note, err.note].compactMap { $0 }
    }

    private func ruling(
        _ ending: Ending?, _ group: SlotGroup?
    ) -> (Outcome.Status, Outcome.Cause?) {
        switch end {
        case .reported(let report): Ruling.onReport(report, limits)
        case .overdue: Ruling.overdue(request.limitMilliseconds)
        case .cancelled: Ruling.cancelled
        case .excessive: Ruling.excessive(limits)
        case .tooMuch(.memory): Ruling.outOfMemory(limits)
        case .tooMuch(.processes): Ruling.tooManyProcesses(limits)
        case .garbled: Ruling.garbled
        case .gone, nil:
            if let group, group.memoryKills > memoryKillsBefore {
                Ruling.outOfMemory(limits)
            } else {
                Ruling.onEnding(ending, limits)
            }
        }
    }
}
