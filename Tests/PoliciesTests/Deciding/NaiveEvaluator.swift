// Intercept's evaluation once more, as slow and plain as its description: a second opinion.

import Foundation

@testable import Notation
@testable import Policies

struct NaiveEvaluator {
    let policy: Policy
    var sums: [CounterName: (window: Int64, sum: Int64)] = [:]

    /// The rule that denies; nil when the call goes through, which is then counted.
    mutating func denial(of call: PolicyCall, second: Int64) -> String? {
        let isHidden = policy.hidden.contains { $0.tool == call.tool || $0.tool == "*" }
        if isHidden { return "(hidden)" }
        let isStar = call.tool == "*"
        let own = rules { $0 == .tool(call.tool) || $0 == .everyTool && isStar }
        if policy.fallback == .deny, own == nil { return "(default deny)" }
        let rules = (own ?? []) + (isStar ? [] : self.rules { $0 == .everyTool } ?? [])
        for rule in rules {
            switch rule.demand {
            case .refusal: return rule.name
            case .require(.all(let tests)) where !tests.allSatisfy({ holds($0, call) }):
                return rule.name
            default: break
            }
        }
        var charged = sums
        for rule in rules {
            guard let limit = rule.limit else { continue }
            let window = second / limit.window.seconds
            let old = charged[limit.counter] ?? (window, 0)
            let sum = (old.window == window ? old.sum : 0) + 1
            if sum > limit.most { return rule.name }
            charged[limit.counter] = (window, sum)
        }
        sums = charged
        return nil
    }

    /// nil: no section aims there.
    private func rules(_ isMeant: (Section.Target) -> Bool) -> [Rule]? {
        let sections = policy.sections.filter { isMeant($0.target) }
        return sections.isEmpty ? nil : sections.flatMap(\.rules)
    }

    private func holds(_ condition: Condition, _ call: PolicyCall) -> Bool {
        guard case .test(let test) = condition, case .argument(let path) = test.path
        else { return false }
        var value: JSON? = .object(call.arguments)
        for case .key(let key) in path.steps { value = value?.asObject?[key] }
        let isGiven = value != nil && value != .null
        if case .exists(let wanted) = test.operation { return wanted == isGiven }
        guard let value else { return false }
        switch test.operation {
        case .eq(let wanted): return equal(value, wanted)
        case .neq(let wanted): return !equal(value, wanted)
        case .isIn(let list): return list.contains { equal(value, $0) }
        case .notIn(let list): return !list.contains { equal(value, $0) }
        case .lt(let wanted): return compared(value, wanted, <)
        case .lte(let wanted): return compared(value, wanted, <=)
        case .gt(let wanted): return compared(value, wanted, >)
        case .gte(let wanted): return compared(value, wanted, >=)
        case .regex(let pattern):
            return value.asString.map { AgreementTests.patterns[pattern.text]?($0) == true }
                ?? false
        case .contains(let wanted):
            if let list = value.asArray { return list.contains { equal($0, wanted) } }
            guard let text = value.asString, let part = wanted.asString else { return false }
            return part.isEmpty || text.contains(part)
        default: return false
        }
    }

    private func compared(_ left: JSON, _ right: JSON, _ order: (Double, Double) -> Bool) -> Bool {
        guard let left = left.asDouble, let right = right.asDouble else { return false }
        return order(left, right)
    }

    private func equal(_ left: JSON, _ right: JSON) -> Bool {
        if let left = left.asDouble, let right = right.asDouble { return left == right }
        return print(left) == print(right)
    }

    private func print(_ value: JSON) -> String {
        switch value {
        case .null: return "<nil>"
        case .bool(let value): return "\(value)"
        case .integer, .number: return String(format: "%g", value.asDouble ?? 0)
        case .string(let text): return text
        case .array(let list): return "[" + list.map(print).joined(separator: " ") + "]"
        case .object(let object):
            let members = object.map { "\($0.key):" + print($0.value) }.sorted()
            return "map[" + members.joined(separator: " ") + "]"
        }
    }
}
