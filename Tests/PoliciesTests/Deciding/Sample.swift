// Small policies, built by hand: what front ends read from files stands here as values.

@testable import Notation
@testable import Policies

enum Sample {
    static let mark = SourceMark(file: "policy.yaml", line: 7, column: 3)
    static let noon = Instant(seconds: 1_768_478_400)

    static func policy(
        fallback: Policy.Fallback = .allow, hide: [String] = [], _ sections: [Section]
    ) -> Policy {
        policy(.intercept, fallback: fallback, hide: hide, sections)
    }

    static func policy(
        _ dialect: Policy.Dialect, fallback: Policy.Fallback = .allow, hide: [String] = [],
        _ sections: [Section]
    ) -> Policy {
        var policy = Policy(file: "policy.yaml", hash: "f00d", dialect: dialect)
        policy.fallback = fallback
        policy.hidden = hide.map { Policy.Hidden(tool: $0, mark: mark) }
        policy.sections = sections
        return policy
    }

    static func section(_ target: Section.Target, _ rules: Rule...) -> Section {
        Section(target, at: mark, rules: rules)
    }

    static func rule(
        _ name: String, _ demand: Rule.Demand = .nothing, when: Condition? = nil,
        limit: Limit? = nil, profile: String? = nil, refusal: String? = nil
    ) -> Rule {
        var rule = Rule(name: name, at: mark, demand: demand)
        rule.when = when
        rule.limit = limit
        rule.profile = profile
        rule.refusal = refusal
        return rule
    }

    static func limit(
        _ counter: String = "calls", most: Int64, cost: Limit.Cost = .fixed(1),
        scope: CounterScope = .server,
        per window: CounterWindow = CounterWindow(.calendar, seconds: 60)
    ) -> Limit {
        Limit(
            CounterName(group: "a", counter: counter), per: window, most: most, cost: cost,
            scope: scope)
    }

    static func test(
        _ path: String, _ operation: Condition.Operation, onMissing: Condition.Missing? = nil
    ) -> Condition {
        .test(
            Condition.Test(
                .argument(self.path(path)), operation, onMissing: onMissing, at: mark))
    }

    /// `a.b[0].c[*].length`, without `args.` in front.
    static func path(_ written: String) -> ArgumentPath {
        var steps: [ArgumentPath.Step] = []
        for part in written.split(separator: ".", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
            if pieces[0] == "length" {
                steps.append(.length)
            } else {
                steps.append(.key(String(pieces[0])))
            }
            for piece in pieces.dropFirst() {
                switch piece {
                case "*]": steps.append(.each)
                case "?]": steps.append(.some)
                default: steps.append(.index(Int(piece.dropLast()) ?? 0))
                }
            }
        }
        return ArgumentPath(steps, written: "args.\(written)")
    }

    static func call(_ tool: String = "a", _ arguments: JSONObject = [:]) -> PolicyCall {
        PolicyCall(tool: tool, arguments: arguments)
    }
}

extension Policy {
    /// What the policy says about a call, without counters.
    func decide(_ call: PolicyCall) -> Verdict {
        CompiledPolicy(self).decide(call, counters: .empty, at: Sample.noon)
    }
}

extension Condition {
    /// Whether a rule that requires this lets the arguments through.
    func admits(_ arguments: JSONObject, in dialect: Policy.Dialect = .sandboa) -> Bool {
        let rule = Sample.rule("r", .require(self))
        let policy = Sample.policy(dialect, [Sample.section(.tool("a"), rule)])
        return policy.decide(Sample.call("a", arguments)).decision == .allow
    }

    /// Whether a refusal guarded by this fires.
    func fires(on arguments: JSONObject, in dialect: Policy.Dialect = .sandboa) -> Bool {
        let rule = Sample.rule("r", .refusal, when: self)
        let policy = Sample.policy(dialect, [Sample.section(.tool("a"), rule)])
        return policy.decide(Sample.call("a", arguments)).decision == .deny
    }
}
