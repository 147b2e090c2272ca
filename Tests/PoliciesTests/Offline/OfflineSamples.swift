// Small policies, built from the model: no front end needed.

import Notation

@testable import Policies

/// Makers of the model's values. Marks count lines by the order of making where it matters.
enum OfflineSamples {
    static func mark(_ line: Int = 1) -> SourceMark {
        SourceMark(file: "p.yaml", line: line, column: 1)
    }

    static func policy(
        _ sections: [Section], _ dialect: Policy.Dialect = .sandboa,
        fallback: Policy.Fallback = .allow, hidden: [String] = []
    ) -> Policy {
        var policy = Policy(file: "p.yaml", hash: "00", dialect: dialect)
        policy.fallback = fallback
        policy.hidden = hidden.map { Policy.Hidden(tool: $0, mark: mark(2)) }
        policy.sections = sections
        return policy
    }

    static func section(_ tool: String, _ rules: [Rule], line: Int = 3) -> Section {
        Section(tool == "*" ? .everyTool : .tool(tool), at: mark(line), rules: rules)
    }

    static func require(_ name: String, _ condition: Condition, line: Int = 4) -> Rule {
        Rule(name: name, at: mark(line), demand: .require(condition))
    }

    static func denyIf(_ name: String, _ condition: Condition, line: Int = 4) -> Rule {
        var rule = Rule(name: name, at: mark(line), demand: .refusal)
        rule.when = condition
        return rule
    }

    static func deny(_ name: String, line: Int = 4) -> Rule {
        Rule(name: name, at: mark(line), demand: .refusal)
    }

    static func limit(
        _ name: String, _ most: Int64, _ window: String, _ kind: CounterWindow.Kind = .calendar,
        scope: CounterScope = .server, counter: String? = nil, tool: String = "t", line: Int = 4
    ) -> Rule {
        var rule = Rule(name: name, at: mark(line))
        let span = CounterWindow.named(window, kind) ?? CounterWindow(kind, seconds: 1)
        rule.limit = Limit(
            CounterName(group: tool, counter: counter ?? name), per: span, most: most, scope: scope)
        return rule
    }

    static func test(
        _ path: String, _ operation: Condition.Operation, onMissing: Condition.Missing? = nil,
        line: Int = 5
    ) -> Condition {
        .test(
            Condition.Test(
                .argument(self.path(path)), operation, onMissing: onMissing, at: mark(line)))
    }

    /// `a.b[*]`, `a[?].b`, `a[0]`, `a.length`.
    static func path(_ text: String) -> ArgumentPath {
        var steps: [ArgumentPath.Step] = []
        for part in text.split(separator: ".") {
            let pieces = part.split(separator: "[")
            let name = String(pieces.first ?? "")
            steps.append(name == "length" && !steps.isEmpty ? .length : .key(name))
            for piece in pieces.dropFirst() {
                switch piece {
                case "*]": steps.append(.each)
                case "?]": steps.append(.some)
                default: steps.append(.index(Int(piece.dropLast()) ?? 0))
                }
            }
        }
        return ArgumentPath(steps, written: "args." + text)
    }
}
