// Judging calls offline: the same decisions and counters as a server's, without running anything.

package import Notation

/// What a call is besides its words: known to whoever has a catalogue.
package struct CallTraits: Sendable {
    package var handler: String?
    package var category: Category
    package var required: [String]

    package init(handler: String? = nil, category: Category = .execute, required: [String] = []) {
        self.handler = handler
        self.category = category
        self.required = required
    }
}

/// A run of calls under one policy, with counters of its own, empty at first. Every allowed call
/// counts as one that ran and came out well.
package struct PolicyEvaluation: Sendable {
    private let policy: CompiledPolicy
    private var counters = MemoryCounters()
    private var now = PolicyEvaluation.start

    /// When the first call happens, if nothing else is said: 2026-01-15T10:00:00Z.
    package static let start = Instant(seconds: 1_768_471_200)

    package init(_ policy: CompiledPolicy) { self.policy = policy }

    /// One decision, with what counters made of it.
    package struct Judgement: Sendable {
        package var verdict: Verdict
        /// Set when a limit refused the call; nil inside: waiting will not help.
        package var isRateLimited = false
        package var retryAfterMilliseconds: Int64?
        package var category: Category
    }

    package mutating func judge(_ call: EvaluationCall, _ traits: CallTraits) -> Judgement {
        if let at = call.at { now = at }
        let subject = PolicyCall(
            tool: call.tool, handler: traits.handler, arguments: call.arguments,
            category: traits.category, required: traits.required, grant: call.grant,
            session: call.session, client: call.client)
        let read = policy.countersRead(by: subject)
        let snapshot = CounterSnapshot(keys: read, values: counters.values(of: read, at: now))
        let verdict = policy.decide(subject, counters: snapshot, at: now)
        var judgement = Judgement(verdict: verdict, category: subject.category)
        guard verdict.decision == .allow, !verdict.reservations.isEmpty else { return judgement }
        switch counters.reserve(verdict.reservations, at: now) {
        case .granted(let ticket): counters.settle(ticket, as: .ok)
        case .refused(let index, _, let wait):
            judgement.verdict = verdict.refused(by: verdict.reservations[index], wait: wait)
            judgement.isRateLimited = true
            judgement.retryAfterMilliseconds = wait
        }
        return judgement
    }
}

extension PolicyEvaluation.Judgement {
    /// As `policy eval --json` prints it, a line a call.
    package var json: JSONObject {
        var object: JSONObject = [
            "decision": .string(verdict.decision.rawValue), "rule": .string(verdict.rule),
            "reason": .string(verdict.reason),
        ]
        if let mark = verdict.mark { object["source"] = .string(mark.description) }
        if isRateLimited {
            object["code"] = "rate_limited"
            if let wait = retryAfterMilliseconds { object["retry_after_ms"] = .integer(wait) }
        }
        if let finding = verdict.finding { object["finding"] = .object(finding.json) }
        object["category"] = .string(category.rawValue)
        if let profile = verdict.profile { object["profile"] = .string(profile) }
        if let limits = verdict.limits, !limits.isEmpty { object["limits"] = .object(limits.json) }
        if let observed = verdict.observed { object["observed"] = .string(observed) }
        object["policy"] = .string(verdict.policyHash)
        return object
    }
}

extension Finding {
    package var json: JSONObject {
        [
            "path": .string(path), "op": .string(operation), "wanted": .string(wanted),
            "actual": .string(actual), "source": .string(mark.description),
        ]
    }
}

extension TightenedLimits {
    package var json: JSONObject {
        var object: JSONObject = [:]
        let all: [(String, Int64?)] = [
            ("wall_ms", wallMilliseconds), ("cpu_ms", cpuMilliseconds),
            ("memory_bytes", memoryBytes), ("output_bytes", outputBytes),
            ("files", files), ("processes", processes),
        ]
        for case (let name, let value?) in all { object[name] = .integer(value) }
        return object
    }
}

extension Verdict {
    /// The denial that a limit makes of an allowed call.
    package func refused(by reservation: Reservation, wait: Int64?) -> Verdict {
        var refused = Verdict(.deny)
        refused.rule = reservation.rule
        refused.mark = reservation.mark
        refused.policyHash = policyHash
        let limit = "\(reservation.most) per \(reservation.key.window.words)"
        let then =
            wait.map { "There is room again in \(Self.seconds($0)) s." }
            ?? "It asks for more than the limit ever grants."
        let said = reservation.refusal ?? "The limit of rule '\(reservation.rule)' is \(limit)."
        refused.reason = "\(said) \(then)"
        return refused
    }

    private static func seconds(_ milliseconds: Int64) -> Int64 { (milliseconds + 999) / 1000 }
}

extension CounterWindow {
    /// `minute`, `hour`, `day`, or `90 s`.
    package var words: String {
        switch seconds {
        case 60: "minute"
        case 3_600: "hour"
        case 86_400: "day"
        default: "\(seconds) s"
        }
    }
}
