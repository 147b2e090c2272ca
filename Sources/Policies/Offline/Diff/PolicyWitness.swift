package import Notation

/// A call that two policies answer differently.
package struct PolicyWitness: Sendable {
    package enum Change: String, Hashable, Sendable { case stricter, looser, different }

    /// What one policy says of the call.
    package struct Side: Sendable {
        package var decision: Verdict.Decision
        package var rule: String
        package var mark: SourceMark?
        /// What else comes with it: a profile, limits, a limit that refused.
        package var detail: String

        /// `deny (no mail)`.
        package var words: String {
            let parts = [rule, detail].filter { !$0.isEmpty }
            return parts.isEmpty
                ? decision.rawValue : "\(decision.rawValue) (\(parts.joined(separator: ", ")))"
        }
    }

    package var change: Change
    package var tool: String
    package var arguments: JSONObject
    package var category: Category
    /// What counters must say before the call; empty: anything.
    package var counters: [String: Int64] = [:]
    /// When the call is made; nil: at any time.
    package var at: Instant?
    /// How often the call is made; the sides speak of the last time. More than 1 for limits.
    package var repeated = 1
    /// How the calls follow each other; empty: at once, from one session.
    package var pace = ""
    package var before: Side
    package var after: Side

    package var json: JSON {
        var object: JSONObject = [
            "change": .string(change.rawValue), "tool": .string(tool),
            "arguments": .object(arguments), "category": .string(category.rawValue),
        ]
        if !counters.isEmpty {
            var state: JSONObject = [:]
            for (name, value) in counters.sorted(by: { $0.key < $1.key }) {
                state[name] = .integer(value)
            }
            object["counters"] = .object(state)
        }
        if let at { object["at"] = .string(at.text) }
        if repeated > 1 { object["repeated"] = JSON(repeated) }
        if !pace.isEmpty { object["pace"] = .string(pace) }
        object["before"] = before.json
        object["after"] = after.json
        return .object(object)
    }
}

extension PolicyWitness.Side {
    init(_ verdict: Verdict) {
        decision = verdict.decision
        rule = verdict.rule
        mark = verdict.mark
        var parts = verdict.profile.map { ["profile \($0)"] } ?? []
        if let limits = verdict.limits, !limits.isEmpty { parts.append(limits.words) }
        detail = parts.joined(separator: ", ")
    }

    fileprivate var json: JSON {
        var object: JSONObject = [
            "decision": .string(decision.rawValue), "rule": .string(rule),
        ]
        if let mark { object["source"] = .string(mark.description) }
        if !detail.isEmpty { object["detail"] = .string(detail) }
        return .object(object)
    }
}
