// What changes when one policy takes the place of another, with calls that show it.
//
// Both policies judge the same calls, which between them show all that the rules of both can do.
// Limits are compared as such, and replayed: a limit differs only over several calls.
//
// INVARIANT: a witness has been decided by both policies; nothing is shown that was only deduced.
// INVARIANT: `isExhaustive` is true only when the calls tried stand for all calls there are.

package import Notation

/// How `after` differs from `before`.
package struct PolicyDiff: Sendable {
    package enum Relation: String, Hashable, Sendable {
        /// Every call gets the same answer.
        case equivalent
        /// No call gets more than before, and some get less.
        case stricter
        case looser
        /// Some calls get more and some less, or something that is neither.
        case different
    }

    /// Witnesses kept; each tool and direction shows one.
    package static let maxWitnesses = 64
    /// Tools compared; those beyond are left out, and the answer says that it is not exhaustive.
    package static let maxTools = 2_000

    package internal(set) var relation = Relation.equivalent
    package internal(set) var isExhaustive = true
    package internal(set) var witnesses: [PolicyWitness] = []
    /// Calls that both policies judged.
    package internal(set) var calls = 0
    /// What is worth knowing beside the witnesses.
    package internal(set) var notes: [String] = []

    /// `tools`: the catalogue both are for; empty: unknown. Tools that only a policy names, and
    /// one that nobody names, are compared in any case.
    package static func compare(
        _ before: Policy, _ after: Policy, tools: [ToolShape] = []
    ) -> PolicyDiff {
        if NormalPolicy(before) == NormalPolicy(after) { return PolicyDiff() }
        var comparison = PolicyComparison(before, after)
        let names = PolicyNames(of: [before, after], tools: tools)
        if !names.isExhaustive { comparison.diff.isExhaustive = false }
        for name in names.names.prefix(maxTools) {
            comparison.compare(name, tools.first { $0.name.hasSameBytes(as: name) })
        }
        if names.names.count > maxTools { comparison.diff.isExhaustive = false }
        comparison.compareLimits()
        return comparison.finished
    }

    /// In a sentence.
    package var summary: String {
        let how = isExhaustive ? "" : ", as far as \(calls) calls tried can tell"
        return switch relation {
        case .equivalent: "The policies are equivalent\(how)."
        case .stricter: "The new policy is stricter\(how)."
        case .looser: "The new policy is looser\(how)."
        case .different: "The policies differ: neither is stricter\(how)."
        }
    }

    package static let columns = ["change", "tool", "arguments", "before", "after"]

    /// One row a witness, for a table with `columns`.
    package var rows: [[String]] {
        witnesses.map { witness in
            let repeated = witness.repeated > 1 ? " (\(witness.repeated) times)" : ""
            let time = witness.at.map { " at \($0.text)" } ?? ""
            return [
                witness.change.rawValue, witness.tool,
                JSON.object(witness.arguments).text + time + repeated, witness.before.words,
                witness.after.words,
            ]
        }
    }

    package var json: JSON {
        [
            "relation": .string(relation.rawValue), "exhaustive": .bool(isExhaustive),
            "calls": JSON(calls), "summary": .string(summary),
            "witnesses": .array(witnesses.map(\.json)), "notes": .array(notes.map(JSON.string)),
        ]
    }
}
