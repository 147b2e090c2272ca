// Rules that do nothing, or more than was meant.

internal import Notation

extension PolicyCheck {
    mutating func checkRules() {
        for (place, section) in policy.sections.enumerated() {
            var denier: Rule?
            for (index, rule) in section.rules.enumerated() {
                let key = key(of: section, rule: index)
                let effect = effects[place][index]
                if let denier {
                    warn(
                        at: rule.mark, key: key,
                        "rule '\(rule.name)' is never reached: '\(denier.name)' in line "
                            + "\(denier.mark.line) denies every call before it",
                        fix: "remove one of the two")
                    continue
                }
                checkEffect(rule, effect, key)
                checkPatterns(rule, key)
                checkAbsence(rule, section, key)
                if effect.deniesAlways && !rule.isObserved { denier = rule }
            }
        }
    }

    private mutating func checkEffect(_ rule: Rule, _ effect: RuleEffect, _ key: String) {
        guard effect.isCertain else { return }
        if effect.neverApplies {
            let what = rule.refuses ? "it never denies" : "the rule never applies"
            warn(
                at: rule.mark, key: key,
                "the conditions of rule '\(rule.name)' exclude each other: \(what)",
                fix: "check the values against the types of the arguments")
        } else if rule.when != nil && !effect.skips {
            let what = rule.refuses ? "it denies every call" : "the rule applies to every call"
            warn(
                at: rule.mark, key: key,
                "the conditions of rule '\(rule.name)' hold for every call: \(what)",
                fix: rule.refuses ? "write `action: deny`, if that is meant" : "leave them out")
        }
        guard rule.demanded != nil, effect.applies else { return }
        if !effect.passes {
            let which = rule.when == nil ? "every call" : "every call it applies to"
            warn(
                at: rule.mark, key: key,
                "rule '\(rule.name)' demands what no call can have: it denies \(which)",
                fix: "write `action: deny`, if that is meant")
        } else if !effect.fails {
            warn(
                at: rule.mark, key: key,
                "rule '\(rule.name)' demands what every call has: it never denies",
                fix: "remove it, or check its conditions")
        }
    }

    /// Patterns that must match, but may do so anywhere in a text.
    private mutating func checkPatterns(_ rule: Rule, _ key: String) {
        var found: [(test: Condition.Test, pattern: Pattern)] = []
        rule.demanded?.visit { test, isNegated in
            if case .regex(let pattern) = test.operation, !isNegated {
                found.append((test, pattern))
            }
        }
        for (test, pattern) in found {
            guard let (tree, _) = RegexParser.tree(of: pattern.text) else { continue }
            let missing = [tree.isAnchoredAtStart ? nil : "^", tree.isAnchoredAtEnd ? nil : "$"]
                .compactMap { $0 }
            guard !missing.isEmpty else { continue }
            let which = missing.map { "`\($0)`" }.joined(separator: " and ")
            warn(
                at: test.mark, key: key,
                "the pattern \(pattern.text) of rule '\(rule.name)' is not anchored with \(which): "
                    + "any text that has a match somewhere passes",
                fix: "write ^(?:\(pattern.text))$")
        }
    }

    /// Denials that a call escapes by leaving the argument out, where that is likely not meant:
    /// who denies all but some values means the absence of any, too. The loader tells most.
    private mutating func checkAbsence(_ rule: Rule, _ section: Section, _ key: String) {
        guard rule.refuses, let when = rule.when else { return }
        let shape = Self.shape(of: section, among: tools)
        var told = Set(policy.warnings.map(\.mark))
        var open: [(Condition.Test, ArgumentPath)] = []
        when.visit { test, isNegated in
            guard case .argument(let path) = test.path, test.onMissing == nil,
                isNegated || test.operation.isComplement
            else { return }
            if case .exists = test.operation { return }
            open.append((test, path))
        }
        for (test, path) in open {
            if path.steps.count == 1, case .key(let name)? = path.steps.first,
                shape?.required.contains(name) == true
            {
                continue
            }
            let isDemanded = section.rules.contains { other in
                other.when == nil && other.demanded?.tests.contains { $0.path == test.path } == true
            }
            guard !isDemanded, told.insert(test.mark).inserted else { continue }
            warn(
                at: test.mark, key: key,
                "rule '\(rule.name)' does not deny a call without \(path)",
                fix: "say `on_missing: deny`, or `on_missing: allow` if that is meant")
        }
    }
}

extension Condition.Operation {
    /// Whether it speaks of all values but some.
    fileprivate var isComplement: Bool {
        switch self {
        case .neq, .notIn, .lt, .lte, .gt, .gte: true
        default: false
        }
    }
}

extension RegexTree {
    /// Whether every match begins where the text does.
    var isAnchoredAtStart: Bool { isAnchored(by: .textStart) { $0.first } }
    var isAnchoredAtEnd: Bool { isAnchored(by: .textEnd) { $0.last } }

    private func isAnchored(
        by anchor: RegexTree, _ outermost: ([RegexTree]) -> RegexTree?
    ) -> Bool {
        switch self {
        case .sequence(let parts):
            outermost(parts.filter { !$0.isEmpty })?.isAnchored(by: anchor, outermost) ?? false
        case .choice(let branches):
            branches.allSatisfy { $0.isAnchored(by: anchor, outermost) }
        case .repeated(let inner, let least, _):
            least > 0 && inner.isAnchored(by: anchor, outermost)
        case .empty, .scalars, .textStart, .textEnd: self == anchor
        }
    }

    private var isEmpty: Bool { self == .empty || self == .sequence([]) }
}
