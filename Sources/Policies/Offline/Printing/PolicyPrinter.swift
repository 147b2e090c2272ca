// A policy as text, in any of the three dialects. What a dialect can't say is refused, each thing
// with its place: a policy that is converted and means less is worse than none.
//
// INVARIANT: what is printed loads again and decides every call as the policy does. Names of rules
// and messages may be lost where the dialect has no place for them.

internal import Notation

package struct PolicyPrinter {
    let policy: Policy
    let target: Policy.Dialect
    var problems: [PolicyProblem] = []

    /// The text of a policy in a dialect: YAML, or JSON for policy.json.
    package static func text(
        of policy: Policy, as dialect: Policy.Dialect
    ) throws(InvalidPolicy) -> String {
        var printer = PolicyPrinter(policy: policy, target: dialect)
        let document =
            switch dialect {
            case .sandboa: printer.nativeDocument()
            case .intercept: printer.interceptDocument()
            case .json: printer.jsonDocument()
            }
        guard printer.problems.isEmpty else { throw InvalidPolicy(printer.problems) }
        return dialect == .json
            ? JSONLayout.text(of: .object(document)) : YAMLWriter.text(of: document)
    }

    private init(policy: Policy, target: Policy.Dialect) {
        self.policy = policy
        self.target = target
    }

    /// Whether the policy stays in the dialect it was written in.
    var keepsDialect: Bool { policy.dialect == target }

    mutating func refuse(_ what: String, at mark: SourceMark, key: String) {
        let dialect =
            switch target {
            case .intercept: "Intercept's YAML"
            case .json: "policy.json"
            case .sandboa: "our own dialect"
            }
        problems.append(
            PolicyProblem(.error, at: mark, key: key, "\(dialect) can't say \(what)"))
    }

    /// The sections, those with one target as one.
    var sections: [Section] {
        var merged: [Section] = []
        for section in policy.sections {
            if let place = merged.firstIndex(where: { $0.target == section.target }) {
                merged[place].rules += section.rules
            } else {
                merged.append(section)
            }
        }
        return merged
    }

    /// Notes counters that don't belong to their section, or stand there twice.
    mutating func checkCounters(of section: Section, in key: String) {
        var seen: Set<String> = []
        for rule in section.rules {
            guard let limit = rule.limit else { continue }
            if limit.counter.group != section.group {
                refuse("that a limit counts in '\(limit.counter)'", at: rule.mark, key: key)
            } else if !seen.insert(limit.counter.counter).inserted {
                refuse("two limits on one counter", at: rule.mark, key: key)
            }
        }
    }

    // MARK: Tests of calls

    /// A test as a map; `path` is how the dialect spells its path.
    mutating func object(
        of test: Condition.Test, path: String?, in key: String
    ) -> JSONObject {
        let wanted = test.operation.wanted
        if !test.operation.isSayable || YAMLWriter.flow(wanted) == nil {
            refuse("'\(test.operation.keyword) \(wanted.text)'", at: test.mark, key: key)
        }
        let isNative = policy.dialect == .sandboa
        if isNative != (target == .sandboa), !test.operation.meansTheSameEverywhere {
            refuse(
                "'\(test.operation.keyword) \(wanted.text)' as "
                    + (isNative ? "we compare values" : "Intercept prints values"),
                at: test.mark, key: key)
        }
        var object: JSONObject = [
            "path": .string(path ?? ""), "op": .string(test.operation.keyword), "value": wanted,
        ]
        if path == nil {
            refuse("the path \(test.path.nativeText)", at: test.mark, key: key)
        }
        if target != .sandboa, test.operation.isNative {
            refuse("the operator '\(test.operation.keyword)'", at: test.mark, key: key)
        }
        if let onMissing = test.onMissing {
            if target == .sandboa || target == .json && keepsDialect {
                object["on_missing"] = .string(onMissing.rawValue)
            } else {
                refuse("'on_missing'", at: test.mark, key: key)
            }
        }
        return object
    }
}

extension Section {
    /// The first part of the names of its counters.
    var group: String {
        switch target {
        case .tool(let name), .glob(let name): name
        case .category(let category): "category:" + category.rawValue.lowercased()
        case .everyTool: CounterName.everyTool
        }
    }
}

extension Condition.Operation {
    /// Whether the loader reads the operator's value back.
    fileprivate var isSayable: Bool {
        switch self {
        case .lt(let value), .lte(let value), .gt(let value), .gte(let value):
            DecimalNumber(value) != nil
        case .hostIn(let hosts): !hosts.isEmpty
        case .prefix(let text), .suffix(let text), .glob(let text), .pathWithin(let text):
            text.contains { !$0.isWhitespace }
        default: true
        }
    }

    /// Whether equality with the value means the same where values are compared as Go prints them.
    fileprivate var meansTheSameEverywhere: Bool {
        switch self {
        case .eq(let value), .neq(let value), .contains(let value): value.printsAlike
        case .isIn(let values), .notIn(let values): values.allSatisfy(\.printsAlike)
        default: true
        }
    }
}

extension JSON {
    /// Whether Go prints the value as we do, and nothing else so.
    fileprivate var printsAlike: Bool {
        switch self {
        case .bool: true
        case .integer, .number: GoText.ofPolicy(self) == text
        case .string(let text):
            asNumberOrItsText == nil && text != "<nil>" && !text.hasPrefix("[")
                && !text.hasPrefix("map[")
        case .null, .array, .object: false
        }
    }
}
