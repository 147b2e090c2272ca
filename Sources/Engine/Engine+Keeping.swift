// The keeper: one thread that brings the standard lane up and looks after all lanes until the end.

import Jail
import Kernel
import Wire

extension Engine {
    /// Doubled pauses between attempts, from 0.4 s to 51 s.
    private static let mostAttempts = 8

    /// The keeper: brings the standard lane up, then looks after all lanes until the end.
    func keep() {
        var attempts = 0
        while !pool.read({ $0.isEnding }) {
            do {
                try refill(.std)
                if attempts > 0 { pool.update { $0.failure = nil } }
                attempts = 0
            } catch {
                attempts = min(attempts + 1, Self.mostAttempts)
                if pool.read({ $0.isEnding }) { return }
                // The first failure stops the start. Later ones are tried again, ever more slowly;
                // when they go on, calls are told instead of being kept waiting.
                let isFirst = pool.read { $0.walls.isEmpty }
                if isFirst || attempts == Self.mostAttempts {
                    pool.update { $0.failure = error }
                }
                if isFirst { return }
            }
            retireIdle()
            renewOld()
            let pause: Int64 = attempts == 0 ? 1_000 : 200 << Int64(attempts)
            // Not on the pool: every call would wake the keeper.
            _ = ending.wait(until: Moment.now.advanced(byMilliseconds: pause)) { $0 ? true : nil }
        }
    }

    /// Makes parked slots until there are as many as the profile wants ready.
    private func refill(_ name: TemplateName) throws(EngineError) {
        if case .none = pool.read({ $0.lanes[name]?.state ?? .none }) {
            pool.update { $0.lanes[name]?.state = .starting }
            try startTemplate(name)
        }
        while true {
            let wanted = configuration.profile.readySlots
            let template: Template? = pool.update { pool in
                guard case .ready(let template) = pool.lanes[name]?.state, !pool.isEnding,
                    (pool.lanes[name]?.forRuns ?? wanted) < wanted
                else { return nil }
                pool.lanes[name]?.total += 1
                return template
            }
            guard let template else { return }
            let slot = try make(template, name)
            try demand(slot)
            do { try slot.park() } catch {
                dispose(slot, name)
                throw error
            }
            give(slot, name)
        }
    }

    /// Checks a slot's walls against what is required, and publishes them.
    private func demand(_ slot: Slot) throws(EngineError) {
        let raised = Set(slot.walls.map(\.name))
        let missing = configuration.required.filter { !raised.contains($0.rawValue) }
        guard missing.isEmpty else {
            let names = missing.map(\.rawValue).sorted().joined(separator: ", ")
            let why =
                missing.contains(.memoryGroup) || missing.contains(.pidsGroup)
                ? groups.missing : "the kernel does not offer it"
            throw EngineError(
                stage: "walls", message: "required but not in force: \(names) (\(why))",
                fix: "run `sandboa doctor`; an operator can lower --require")
        }
        pool.update { if $0.walls.isEmpty { $0.walls = slot.walls } }
    }

    private func retireIdle() {
        let ready = configuration.profile.readySlots
        let limit = Moment.now.advanced(byMilliseconds: -Self.idleMilliseconds)
        for name in TemplateName.allCases {
            while true {
                let old: Slot? = pool.update { pool in
                    guard let lane = pool.lanes[name], lane.forRuns > (name == .std ? ready : 1),
                        let first = lane.idle.first, first.idleSince < limit
                    else { return nil }
                    return pool.lanes[name]?.idle.removeFirst()
                }
                guard let old else { break }
                dispose(old, name)
            }
        }
    }

    private func renewOld() {
        let limit = Moment.now.advanced(byMilliseconds: -configuration.profile.templateMilliseconds)
        for name in TemplateName.allCases {
            let isOld = pool.read { pool in
                guard let lane = pool.lanes[name], case .ready(let template) = lane.state else {
                    return false
                }
                return template.startedAt < limit
                    || lane.forks >= configuration.profile.templateForks
            }
            // On failure the old template goes on, and the next round tries again.
            if isOld { do { try startTemplate(name) } catch { continue } }
        }
    }
}
