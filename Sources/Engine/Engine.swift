// The engine: a pool of slots with parked workers, and the templates they come from.
//
//     call ──acquire──▶ slot ──run──▶ outcome ──(reply goes out)──▶ release: clear, renew, park
//
// INVARIANT: a slot is owned by the pool or by exactly one thread.
// INVARIANT: no lock is held while the kernel is asked for anything.
// INVARIANT: when the engine has ended, no process, mount or control group of it is left.

internal import Jail
package import Kernel
internal import Synchronization
package import Wire

package final class Engine: Sendable {
    package let configuration: EngineConfiguration
    let groups: GroupWall
    let pool: Monitor<Pool>
    let ending = Monitor(false)
    /// Runs under way.
    private let runs = Atomic(0)

    /// Idle slots beyond the ready ones are given up after this.
    static let idleMilliseconds: Int64 = 10_000

    struct Pool {
        var lanes: [TemplateName: Lane]
        var failure: EngineError?
        var isEnding = false
        var walls: [ZygoteReport.RaisedWall] = []
        /// Templates that have been started and are not ready yet.
        var young: [Template] = []
        /// Slots whose run is over and whose reply is on its way, by number.
        var used: [Int: Slot] = [:]
    }

    package init(_ configuration: EngineConfiguration) {
        self.configuration = configuration
        groups = GroupWall.prepare()
        let lanes = TemplateName.allCases.map { ($0, Lane(name: $0)) }
        pool = Monitor(Pool(lanes: Dictionary(uniqueKeysWithValues: lanes)))
    }

    /// Starts the standard lane and keeps it in good order, on a thread of its own.
    package func start() throws(SystemError) {
        try Threads.start { self.keep() }
    }

    /// Waits until a slot is ready or the start has failed; gives the walls that hold.
    package func waitUntilReady(
        until deadline: Moment? = nil
    ) throws(EngineError) -> [ZygoteReport.RaisedWall] {
        let result: Result<[ZygoteReport.RaisedWall], EngineError>? = pool.wait(until: deadline) {
            if let failure = $0.failure { return .failure(failure) }
            return $0.walls.isEmpty ? nil : .success($0.walls)
        }
        guard let result else {
            throw EngineError(
                stage: "start", message: "not ready in time", fix: "run `sandboa doctor`")
        }
        return try result.get()
    }

    /// Why the start has failed; nil when it has not, as far as is known by the deadline.
    package func startFailure(until deadline: Moment) -> EngineError? {
        let known: EngineError?? = pool.wait(until: deadline) { pool in
            if let failure = pool.failure { return .some(failure) }
            return pool.walls.isEmpty ? nil : .some(nil)
        }
        return known ?? nil
    }

    /// Why there are no memory or process groups; empty when there are.
    package var missingGroups: String { groups.missing }

    // MARK: Running

    /// What a run gives: the outcome now, and the slot to give back when the reply is out.
    package struct Finished: Sendable {
        package let outcome: Outcome
        package let walls: [ZygoteReport.RaisedWall]
        fileprivate let slotNumber: Int?
    }

    /// Runs a job. Blocks the calling thread until the outcome is known. Call `release` afterwards.
    package func run(
        _ request: RunRequest, on name: TemplateName
    ) throws(EngineError) -> Finished {
        switch try acquire(name, request) {
        case .slot(let slot):
            do {
                let others = runs.add(1, ordering: .relaxed).oldValue
                defer { runs.subtract(1, ordering: .relaxed) }
                let outcome = try slot.run(request, isAlone: others == 0)
                pool.read { $0.used[slot.index] = slot }
                return Finished(outcome: outcome, walls: slot.walls, slotNumber: slot.index)
            } catch {
                dispose(slot, name)
                throw error
            }
        case .overdue:
            return Finished(
                outcome: Self.notStarted(request, .timeout), walls: [], slotNumber: nil)
        case .cancelled:
            return Finished(
                outcome: Self.notStarted(request, .cancelled), walls: [], slotNumber: nil)
        }
    }

    /// Stops a call: its worker dies now, or it never gets one.
    package func cancel(_ cancellation: Cancellation) {
        cancellation.cancel()
        pool.update { _ in }
    }

    /// Takes the slot back and makes it ready for the next run. Do this after the reply is out.
    package func release(_ finished: Finished, on name: TemplateName) {
        guard let number = finished.slotNumber,
            let slot = pool.read({ $0.used.removeValue(forKey: number) })
        else { return }
        let mayStay = pool.read { pool in
            pool.lanes[name]?.forks += 1
            pool.lanes[name]?.returning += 1
            return !pool.isEnding && (pool.lanes[name]?.isCurrent(slot) ?? false)
        }
        var isReady = mayStay && !slot.isLost
        do throws(EngineError) {
            if isReady {
                try slot.clear()
                // A call that waits forks for itself: a warm-up would only make it wait longer.
                if pool.read({ $0.lanes[name]?.waiting ?? 0 }) == 0 { try slot.park() }
            }
        } catch { isReady = false }
        // No longer on its way back: `give` and `dispose` wake whoever waits for it.
        pool.read { $0.lanes[name]?.returning -= 1 }
        if isReady { give(slot, name) } else { dispose(slot, name) }
    }

    private enum Acquired {
        case slot(Slot), overdue, cancelled
    }

    private func acquire(
        _ name: TemplateName, _ request: RunRequest
    ) throws(EngineError) -> Acquired {
        pool.read { $0.lanes[name]?.waiting += 1 }
        defer { pool.read { $0.lanes[name]?.waiting -= 1 } }
        var failures = 0
        while true {
            enum Next { case cancelled, failed(EngineError), step(Lane.Step) }
            let maximum = configuration.profile.maximumSlots
            let look: (inout Pool) -> Next? = { pool in
                if request.cancellation.isCancelled { return .cancelled }
                if let failure = pool.failure { return .failed(failure) }
                return pool.lanes[name]?.next(maximum: maximum).map { .step($0) }
            }
            var next = pool.read(look)
            if case .step(.take(let slot)) = next, slot.isUntouched { return .slot(slot) }
            request.underWay?()
            if next == nil { next = pool.wait(until: request.deadline, look) }
            switch next {
            case nil: return .overdue
            case .cancelled: return .cancelled
            case .failed(let error): throw error
            case .step(.take(let slot)):
                if slot.isUntouched { return .slot(slot) }
                dispose(slot, name)
            case .step(.make(let template)):
                do throws(EngineError) { return .slot(try make(template, name)) } catch {
                    try bear(error, &failures)
                }
            case .step(.start):
                do throws(EngineError) { try startTemplate(name) } catch {
                    try bear(error, &failures)
                }
            }
        }
    }

    /// One process that could not be started need not fail a call: it is told on standard error,
    /// and tried again, or another slot comes back meanwhile. Not for ever.
    private func bear(_ error: EngineError, _ failures: inout Int) throws(EngineError) {
        failures += 1
        Notice.say("\(error) (attempt \(failures) of \(Self.mostFailures))")
        if failures >= Self.mostFailures { throw error }
        let pause = Int64(20 * failures)
        _ = ending.wait(until: Moment.now.advanced(byMilliseconds: pause)) { $0 ? true : nil }
    }

    private static let mostFailures = 4

    // MARK: Templates and slots

    func startTemplate(_ name: TemplateName) throws(EngineError) {
        do throws(EngineError) {
            let template = try spawnTemplate(name)
            let (stale, unused) = pool.update { pool in
                pool.lanes[name]?.replace(with: template) ?? ([], nil)
            }
            for slot in stale { dispose(slot, name) }
            unused?.end()
        } catch {
            pool.update { pool in
                if case .starting = pool.lanes[name]?.state { pool.lanes[name]?.state = .none }
            }
            throw error
        }
    }

    private func spawnTemplate(_ name: TemplateName) throws(EngineError) -> Template {
        let plan = try configuration.templatePlan(name, groups: groups.directories)
        let template: Template
        do throws(SystemError) {
            template = try Template(
                plan,
                worker: configuration.installation.worker)
        } catch {
            throw EngineError(
                stage: "template \(name.rawValue)", message: "\(error)",
                fix: Advice.for("template"))
        }
        // Known from now on, so that an end of the engine meanwhile ends it, too.
        let isWanted = pool.update { pool in
            if !pool.isEnding { pool.young.append(template) }
            return !pool.isEnding
        }
        defer { pool.update { pool in pool.young.removeAll { $0 === template } } }
        do throws(EngineError) {
            if isWanted { try template.waitUntilReady() }
        } catch {
            template.end()
            throw error
        }
        if !isWanted { template.end() }
        return template
    }

    func make(_ template: Template, _ name: TemplateName) throws(EngineError) -> Slot {
        // An engine that ends makes no more control groups: nobody would take them away.
        let isEnding = pool.read { $0.isEnding }
        guard let number = isEnding ? nil : SlotNumbers.take() else {
            pool.update { $0.lanes[name]?.total -= 1 }
            throw EngineError(
                stage: "slot",
                message: isEnding
                    ? "the engine is ending" : "all \(SlotNumbers.count) slots are in use",
                fix: isEnding ? "start it again" : "lower `slots.most`")
        }
        do throws(EngineError) {
            let profile = configuration.profile
            let group = try makeGroup(number, profile)
            do throws(EngineError) {
                return try Slot(
                    index: number, template: template, profile: profile,
                    plan: configuration.slotPlan(index: number), group: group)
            } catch {
                group?.remove()
                throw error
            }
        } catch {
            // A dead template explains a failed slot: the next attempt starts a new one.
            let isGone = template.isGone
            SlotNumbers.giveBack(number)
            pool.update { pool in
                pool.lanes[name]?.total -= 1
                if isGone { pool.lanes[name]?.state = .none }
            }
            throw isGone ? template.lastWords(or: error) : error
        }
    }

    private func makeGroup(
        _ number: Int, _ profile: Profile
    ) throws(EngineError) -> SlotGroup? {
        if groups.controllers.isEmpty { return nil }
        do throws(SystemError) {
            return try SlotGroup(
                groups, name: "slot-\(number)", memoryBytes: profile.groupMemoryBytes,
                processes: profile.groupProcesses)
        } catch {
            throw EngineError(
                stage: "control group", message: "\(error)", fix: Advice.for("control group"))
        }
    }

    func give(_ slot: Slot, _ name: TemplateName) {
        slot.idleSince = Moment.now
        let isWelcome = pool.update { pool in
            guard !pool.isEnding, let lane = pool.lanes[name], lane.isCurrent(slot) else {
                return false
            }
            pool.lanes[name]?.idle.append(slot)
            return true
        }
        if !isWelcome { dispose(slot, name) }
    }

    func dispose(_ slot: Slot, _ name: TemplateName) {
        slot.end()
        let isGone = slot.template.isGone
        SlotNumbers.giveBack(slot.index)
        let last = pool.update { pool in
            if isGone, pool.lanes[name]?.isCurrent(slot) == true {
                pool.lanes[name]?.state = .none
            }
            return pool.lanes[name]?.forget(slot.template)
        }
        if isGone { slot.template.end() }
        last?.end()
    }

    /// Ends every process of the engine and takes its control groups away.
    package func end() {
        ending.update { $0 = true }
        let templates: [Template] = pool.update { pool in
            pool.isEnding = true
            return pool.young
                + pool.lanes.values.flatMap { lane -> [Template] in
                    let retired = lane.retired.map(\.template)
                    if case .ready(let template) = lane.state { return retired + [template] }
                    return retired
                }
        }
        for template in templates { template.end() }
        groups.remove()
    }

    private static func notStarted(
        _ request: RunRequest, _ status: Outcome.Status
    ) -> Outcome {
        let cause =
            status == .timeout
            ? Outcome.Cause(
                type: "Timeout",
                message: "waited \(request.limitMilliseconds) ms for a free worker and got none. "
                    + "Fewer calls at once, or a larger timeout.")
            : Outcome.Cause(type: "Cancelled", message: "the client cancelled the call.")
        return Outcome(
            status: status, report: nil, cause: cause, output: .none, errors: .none,
            usage: Outcome.Usage(processes: 0), limitMilliseconds: request.limitMilliseconds)
    }
}
