// What a policy would have said of calls that are long over.
//
// INVARIANT: a call whose arguments the log did not keep is judged only where arguments can't
// matter; everything else about it stays open.

package import Notation

/// Past calls under a new policy, in the order of their times.
package struct PolicyReplay: Sendable {
    package enum Outcome: String, Hashable, Sendable {
        case same, changed
        /// The log has no arguments, and the decision hangs on them.
        case open
    }

    package struct Result: Sendable {
        package let call: PastCall
        package let outcome: Outcome
        /// nil when open.
        package let verdict: Verdict?
        /// A limit of the new policy refused the call.
        package let isRateLimited: Bool
    }

    package private(set) var results: [Result] = []
    /// Limits saw less than really happened: an open call may have counted.
    package private(set) var missesCounts = false

    private var counters = MemoryCounters()

    /// `completing` adds what a catalogue knows of a call: handler, required arguments. Counters
    /// begin empty.
    package init(
        of calls: [PastCall], under policy: CompiledPolicy,
        completing: (PolicyCall) -> PolicyCall = { $0 }
    ) {
        let ordered = calls.enumerated().sorted {
            ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
        }
        for (_, past) in ordered {
            let call = PolicyCall(
                tool: past.tool, arguments: past.arguments ?? [:], category: past.category,
                grant: past.grant, session: past.session, client: past.client)
            results.append(judge(past, completing(call), policy))
        }
    }

    private mutating func judge(
        _ past: PastCall, _ call: PolicyCall, _ policy: CompiledPolicy
    ) -> Result {
        let keys = policy.countersRead(by: call)
        let snapshot = CounterSnapshot(keys: keys, values: counters.values(of: keys, at: past.at))
        var verdict = policy.decide(call, counters: snapshot, at: past.at)
        guard past.arguments != nil || policy.ignoresArguments(of: call) else {
            missesCounts = missesCounts || policy.counts(call)
            return Result(call: past, outcome: .open, verdict: nil, isRateLimited: false)
        }
        var isRateLimited = false
        if verdict.decision.freedom > 0, !verdict.reservations.isEmpty {
            switch counters.reserve(verdict.reservations, at: past.at) {
            case .granted(let ticket):
                counters.settle(ticket, as: past.settlement)
            case .refused(let index, _, _):
                let refused = verdict.reservations[index]
                verdict = Verdict(.deny)
                verdict.rule = refused.rule
                verdict.mark = refused.mark
                verdict.reason = refused.refusal ?? "The limit refuses this call."
                isRateLimited = true
            }
        }
        return Result(
            call: past, outcome: verdict.decision == past.decision ? .same : .changed,
            verdict: verdict, isRateLimited: isRateLimited)
    }
}

extension PastCall {
    /// How the call comes out now, as far as then tells: what was allowed ran; what was denied
    /// and is allowed now would have.
    fileprivate var settlement: Settlement {
        if decision == .allow && !succeeded { return .failed }
        return decision == .requireApproval && !succeeded ? .unused : .ok
    }
}

extension CompiledPolicy {
    /// Whether the decision on a call is the same whatever its arguments are.
    func ignoresArguments(of call: PolicyCall) -> Bool {
        let verdict = decide(call, counters: .empty, at: Instant(nanoseconds: 0))
        if verdict.rule == Verdict.hiddenRule || verdict.rule == Verdict.defaultDenyRule {
            return true
        }
        var hasRule = false
        var walk = RuleWalk(call, in: self)
        while let section = walk.next(for: call, in: self) {
            for rule in rules[sections[section].rules].map(\.written) {
                // Whatever else is asked, this denies.
                if rule.refuses, rule.when == nil, !rule.isObserved, policy.mode == .enforce {
                    return true
                }
                hasRule = hasRule || rule.readsArguments
            }
        }
        return !hasRule
    }

    /// Whether any rule about the call has a limit.
    func counts(_ call: PolicyCall) -> Bool {
        var walk = RuleWalk(call, in: self)
        while let section = walk.next(for: call, in: self) {
            if rules[sections[section].rules].contains(where: { $0.limit != nil }) { return true }
        }
        return false
    }
}

extension Rule {
    fileprivate var readsArguments: Bool {
        if case .requiredArguments = demand { return true }
        if case .argument? = limit?.cost { return true }
        return tests.contains { test in
            if case .argument = test.path { true } else { false }
        }
    }
}

extension PolicyReplay {
    package var changed: [Result] { results.filter { $0.outcome == .changed } }
    package var open: [Result] { results.filter { $0.outcome == .open } }

    /// In a sentence.
    package var summary: String {
        let same = results.count { $0.outcome == .same }
        var parts = [
            "\(results.count) calls: \(same) as before, \(changed.count) changed, "
                + "\(open.count) open for lack of arguments."
        ]
        if missesCounts { parts.append("Limits saw fewer calls than happened.") }
        return parts.joined(separator: " ")
    }

    package static let columns = ["time", "tool", "was", "would be", "rule"]

    /// One row for each call that changes or stays open, for a table with `columns`.
    package var rows: [[String]] {
        results.filter { $0.outcome != .same }.map { result in
            let seconds = result.call.at.nanoseconds / 1_000_000_000
            return [
                RFC3339(seconds: seconds)?.description ?? "", result.call.tool,
                result.call.decision.rawValue, result.verdict?.decision.rawValue ?? "?",
                (result.verdict?.rule ?? "") + (result.isRateLimited ? " (limit)" : ""),
            ]
        }
    }

    package var json: JSON {
        let list = results.filter { $0.outcome != .same }.map { result -> JSON in
            var object: JSONObject = [
                "tool": .string(result.call.tool), "outcome": .string(result.outcome.rawValue),
                "was": .string(result.call.decision.rawValue),
            ]
            if !result.call.id.isEmpty { object["id"] = .string(result.call.id) }
            if let arguments = result.call.arguments { object["arguments"] = .object(arguments) }
            if let verdict = result.verdict {
                object["decision"] = .string(verdict.decision.rawValue)
                object["rule"] = .string(verdict.rule)
                object["reason"] = .string(verdict.reason)
                object["rate_limited"] = .bool(result.isRateLimited)
            }
            return .object(object)
        }
        return [
            "calls": JSON(results.count), "changed": JSON(changed.count), "open": JSON(open.count),
            "misses_counts": .bool(missesCounts), "summary": .string(summary),
            "results": .array(list),
        ]
    }
}
