// A policy without what does not matter to any decision: places, names of rules, messages, the
// order of sections.

internal import Notation

struct NormalPolicy: Equatable {
    private let settings: [String]
    private let hidden: Set<ExactText>
    private let sections: [String: [JSON]]

    init(_ policy: Policy) {
        // The two compatible dialects read values alike.
        let family = policy.dialect == .sandboa ? "native" : "compatible"
        settings = [family, policy.fallback.rawValue, policy.mode.rawValue]
        hidden = Set(policy.hidden.map { ExactText($0.tool) })
        var sections: [String: [JSON]] = [:]
        for section in policy.sections {
            sections["\(section.target)", default: []] += section.rules.map(Self.normal)
        }
        self.sections = sections
    }

    private static func normal(_ rule: Rule) -> JSON {
        var object: JSONObject = ["observed": .bool(rule.isObserved)]
        object["when"] = rule.when.map(normal)
        switch rule.demand {
        case .nothing: break
        case .requiredArguments: object["demand"] = "required"
        case .refusal: object["demand"] = "refusal"
        case .require(let condition): object["demand"] = ["require": normal(condition)]
        case .approval(let approval):
            object["demand"] = ["approval": .integer(approval.timeoutMilliseconds)]
        }
        if let limit = rule.limit {
            let cost: JSON =
                switch limit.cost {
                case .fixed(let amount): .integer(amount)
                case .argument(let path): .string(path.nativeText)
                }
            object["limit"] = [
                .string(limit.counter.nativeText), .string(limit.window.named),
                .integer(limit.most), cost, .string(limit.scope.rawValue),
                .string(limit.charge.rawValue),
            ]
        }
        object["profile"] = rule.profile.map(JSON.string)
        object["limits"] = rule.limits.map { .string($0.words) }
        return .object(object)
    }

    private static func normal(_ condition: Condition) -> JSON {
        switch condition {
        case .all(let parts) where parts.count == 1: normal(parts[0])
        case .any(let parts) where parts.count == 1: normal(parts[0])
        case .all(let parts): ["all": .array(parts.map(normal))]
        case .any(let parts): ["any": .array(parts.map(normal))]
        case .not(let part): ["not": normal(part)]
        case .test(let test):
            [
                .string(test.path.nativeText), .string(test.operation.keyword),
                test.operation.wanted, .string(test.onMissing?.rawValue ?? ""),
            ]
        }
    }
}
