// Calls made one after the other under two policies, each with counters of its own, until a limit
// of one refuses what the other lets through.

internal import Notation

struct LimitReplay {
    /// Calls of one run.
    static let maxCalls = 2_500
    /// Pauses of one run.
    static let maxRefusals = 64

    let before: CompiledPolicy
    let after: CompiledPolicy
    /// Made in turn.
    let calls: [PolicyCall]
    /// Limits of either policy that the calls may meet: who calls and when matters to them.
    let orders: [LimitOrder]

    /// Who calls: one session all the time, or somebody new each time.
    private enum Callers: String, CaseIterable {
        case one = ""
        case sessions = "each from a new session"
        case grants = "each with a new grant"
        case clients = "each from a new client"

        func matter(to orders: [LimitOrder]) -> Bool {
            switch self {
            case .one: true
            case .sessions: orders.contains { $0.scope == .session }
            case .grants: orders.contains { $0.scope == .grant }
            case .clients: orders.contains { $0.scope == .client }
            }
        }
    }

    private struct Answer {
        var verdict: Verdict
        var isLimited = false
        /// What the call has reserved.
        var ticket: ReservationTicket?
        var passes: Bool { verdict.decision != .deny && verdict.decision != .hidden }
    }

    private enum Run {
        case shown(PolicyWitness)
        /// Both refused the same calls.
        case refused
        /// Neither refused any.
        case endless
    }

    /// A run whose last call shows the change.
    func witness(of change: PolicyWitness.Change) -> PolicyWitness? {
        // A full hour, and just before it ends: calendar windows begin anew in between.
        let starts: [(second: Int64, words: String)] = [
            (1_768_471_200, ""), (1_768_471_199, "beginning a second before a full hour"),
            (1_768_435_199, "beginning a second before midnight UTC"),
        ]
        let windows = Set(orders.map(\.window.seconds)).sorted()
        let pauses = [0] + windows.flatMap { [1, $0 - 1, $0] }.filter { $0 > 0 }
        // Without pauses first: what shows at once need not be waited for.
        for pause in pauses {
            for callers in Callers.allCases where callers.matter(to: orders) {
                for start in starts {
                    let words = [
                        callers.rawValue, start.words,
                        pause > 0 ? "pausing \(pause) s when refused" : "",
                    ].filter { !$0.isEmpty }.joined(separator: ", ")
                    switch run(change, callers, start.second, pause, words) {
                    case .shown(let witness): return witness
                    // Even at once nobody refuses: slower there is only more room.
                    case .endless where callers == .one: return nil
                    case .endless, .refused: break
                    }
                }
            }
        }
        return nil
    }

    private func run(
        _ change: PolicyWitness.Change, _ callers: Callers, _ start: Int64, _ pause: Int64,
        _ words: String
    ) -> Run {
        var (old, new) = (MemoryCounters(), MemoryCounters())
        var second = start
        var refusals = 0
        var made = 0
        for number in 0..<Self.maxCalls {
            let call = called(number, callers)
            let now = Instant(seconds: second)
            let was = Self.answer(before, call, &old, now)
            let answer = Self.answer(after, call, &new, now)
            // Refused here or there: it is as if the call had not been made, so that both have
            // seen the same calls. Later there is room again.
            let isMade = was.passes && answer.passes
            if let ticket = was.ticket { old.settle(ticket, as: isMade ? .ok : .unused) }
            if let ticket = answer.ticket { new.settle(ticket, as: isMade ? .ok : .unused) }
            if isMade {
                made += 1
                continue
            }
            if was.passes != answer.passes, answer.passes == (change == .looser) {
                return .shown(witness(change, call, made + 1, words, was, answer))
            }
            refusals += 1
            guard pause > 0, refusals <= Self.maxRefusals, was.isLimited || answer.isLimited
            else { return .refused }
            second += pause
        }
        return refusals == 0 ? .endless : .refused
    }

    private func called(_ number: Int, _ callers: Callers) -> PolicyCall {
        var call = calls[number % calls.count]
        switch callers {
        case .one: break
        case .sessions: call.session = "s\(number)"
        case .grants: (call.grant, call.session) = ("g\(number)", "s\(number)")
        case .clients: call.client = "c\(number)"
        }
        return call
    }

    private static func answer(
        _ policy: CompiledPolicy, _ call: PolicyCall, _ counters: inout MemoryCounters,
        _ now: Instant
    ) -> Answer {
        let keys = policy.countersRead(by: call)
        let snapshot = CounterSnapshot(keys: keys, values: counters.values(of: keys, at: now))
        let verdict = policy.decide(call, counters: snapshot, at: now)
        guard verdict.decision != .deny, verdict.decision != .hidden,
            !verdict.reservations.isEmpty
        else { return Answer(verdict: verdict) }
        switch counters.reserve(verdict.reservations, at: now) {
        case .granted(let ticket):
            return Answer(verdict: verdict, ticket: ticket)
        case .refused(let index, _, _):
            var refused = Verdict(.deny)
            refused.rule = verdict.reservations[index].rule
            refused.mark = verdict.reservations[index].mark
            return Answer(verdict: refused, isLimited: true)
        }
    }

    private func witness(
        _ change: PolicyWitness.Change, _ call: PolicyCall, _ count: Int, _ words: String,
        _ old: Answer, _ new: Answer
    ) -> PolicyWitness {
        func side(_ answer: Answer) -> PolicyWitness.Side {
            var side = PolicyWitness.Side(answer.verdict)
            if answer.isLimited { side.detail = "limit reached" }
            return side
        }
        var witness = PolicyWitness(
            change: change, tool: call.tool, arguments: call.arguments, category: call.category,
            before: side(old), after: side(new))
        witness.repeated = count
        let tools = Set(calls.map(\.tool)).sorted()
        let inTurn = tools.count > 1 ? "in turn with \(tools.filter { $0 != call.tool }[0])" : ""
        witness.pace = [inTurn, words].filter { !$0.isEmpty }.joined(separator: ", ")
        return witness
    }
}
