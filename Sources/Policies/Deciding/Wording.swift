// What callers and operators read. Callers are models: a sentence names the rule, the argument and
// what it must be, and never a value, because the reason may travel further than the call did.
// Findings are for the operator's log and show a short form of the value.

internal import Notation

enum Wording {
    static let longName =
        "the tool's name is longer than \(CompiledPolicy.maxToolNameBytes) bytes; "
        + "use a name from tools/list"

    static func hidden(_ tool: String) -> String {
        "the policy hides the tool \(ShownValue.quoted(tool)); use a tool from tools/list"
    }

    static func unlisted(_ tool: String) -> String {
        "the policy does not list the tool \(ShownValue.quoted(tool)), and denies what it does not "
            + "list; use another tool"
    }

    static func approval(_ rule: Rule) -> String {
        "rule '\(rule.name)': a person must agree to this call"
    }

    /// A rule's refusal, when it has no text of its own.
    static func denial(_ denial: Denial, by rule: Rule, because sentence: String?) -> String {
        if case .tooMuch = denial {
            return "rule '\(rule.name)' can't check arguments as large as these; send less"
        }
        if let sentence { return "rule '\(rule.name)' denies this call: \(sentence)" }
        return "rule '\(rule.name)' denies every call of this tool; use another tool"
    }

    static func missing(
        _ name: String, _ call: PolicyCall, _ rule: Rule
    ) -> (finding: Finding, sentence: String) {
        let actual = call.arguments[name] == nil ? "missing" : "null"
        let finding = Finding(
            path: "args.\(name)", operation: "required", wanted: "a value", actual: actual,
            at: rule.mark)
        return (finding, "the argument \(ShownValue.quoted(name)) is required and \(actual)")
    }

    static func cost(
        _ call: PolicyCall, _ rule: Rule
    ) -> (finding: Finding, sentence: String)? {
        let wanted = "a number from 0 to \(Int64.max)"
        switch rule.limit?.cost {
        case nil: return nil
        case .fixed(let amount):
            let finding = Finding(
                path: "", operation: "cost", wanted: wanted, actual: "number \(amount)",
                at: rule.mark)
            return (finding, "its limit counts a negative amount; tell the policy's author")
        case .argument(let path):
            let value = path.single(in: call.arguments).map(ReachedValue.value) ?? .missing
            let finding = Finding(
                path: path.description, operation: "cost", wanted: wanted,
                actual: ShownValue.text(of: value, isSecret: path.isSecret), at: rule.mark)
            return (finding, "its limit counts \(path), which must be \(wanted)")
        }
    }

    /// For the log: what was wanted and what was there.
    static func finding(_ obstacle: Obstacle) -> Finding {
        let test = obstacle.test.written
        let (word, wanted) = operatorAndWanted(test.operation)
        return Finding(
            path: test.path.description, operation: obstacle.isNegated ? "not \(word)" : word,
            wanted: wanted,
            actual: ShownValue.text(of: obstacle.actual, isSecret: test.path.isSecret),
            at: test.mark)
    }

    /// For the caller: what the argument must be.
    static func sentence(_ obstacle: Obstacle) -> String {
        let test = obstacle.test.written
        let (phrase, isNegative) = phrase(test.operation)
        let must = isNegative != obstacle.isNegated ? "must not" : "must"
        var sentence = "\(test.path) \(must) \(phrase)"
        switch obstacle.actual {
        case .missing, .unreachable: sentence += "; it is missing"
        case .value(.null): sentence += "; it is null"
        case .tooMuch, .value: break
        }
        if obstacle.hasAlternatives { sentence += ", or another condition of the rule be met" }
        return sentence
    }

    /// What follows "must", and whether the operator is a negation of that.
    private static func phrase(_ operation: Condition.Operation) -> (String, Bool) {
        let wanted = operatorAndWanted(operation).wanted
        return switch operation {
        case .eq, .same: ("be \(wanted)", false)
        case .neq: ("be \(wanted)", true)
        case .isIn: ("be one of \(wanted)", false)
        case .notIn: ("be one of \(wanted)", true)
        case .lt: ("be less than \(wanted)", false)
        case .lte: ("be at most \(wanted)", false)
        case .gt: ("be more than \(wanted)", false)
        case .gte: ("be at least \(wanted)", false)
        case .regex: ("match the pattern \(wanted)", false)
        case .contains: ("contain \(wanted)", false)
        case .exists(let isGiven): ("be given", !isGiven)
        case .prefix: ("begin with \(wanted)", false)
        case .suffix: ("end with \(wanted)", false)
        case .glob: ("match \(wanted)", false)
        case .pathWithin: ("be a path in \(wanted)", false)
        case .hostIn: ("name one of the hosts \(wanted)", false)
        case .cidr: ("be an address in \(wanted)", false)
        case .type: ("be of type \(wanted)", false)
        }
    }

    private static func operatorAndWanted(
        _ operation: Condition.Operation
    ) -> (operator: String, wanted: String) {
        switch operation {
        case .eq(let value): ("eq", ShownValue.wanted(value))
        case .neq(let value): ("neq", ShownValue.wanted(value))
        case .isIn(let values): ("in", ShownValue.wanted(.array(values)))
        case .notIn(let values): ("not_in", ShownValue.wanted(.array(values)))
        case .lt(let value): ("lt", ShownValue.wanted(value))
        case .lte(let value): ("lte", ShownValue.wanted(value))
        case .gt(let value): ("gt", ShownValue.wanted(value))
        case .gte(let value): ("gte", ShownValue.wanted(value))
        case .regex(let pattern): ("regex", ShownValue.cut(pattern.text, to: ShownValue.mostWanted))
        case .contains(let value): ("contains", ShownValue.wanted(value))
        case .exists(let isGiven): ("exists", isGiven ? "true" : "false")
        case .same(let value): ("is", ShownValue.wanted(value))
        case .prefix(let text): ("prefix", ShownValue.wanted(.string(text)))
        case .suffix(let text): ("suffix", ShownValue.wanted(.string(text)))
        case .glob(let text): ("glob", ShownValue.wanted(.string(text)))
        case .pathWithin(let text): ("path_within", ShownValue.wanted(.string(text)))
        case .hostIn(let hosts):
            ("host_in", ShownValue.wanted(.array(hosts.map(JSON.string))))
        case .cidr(let text): ("cidr", text)
        case .type(let word): ("type", word)
        }
    }
}
