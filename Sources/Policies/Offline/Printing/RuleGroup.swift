/// Rules of the model that one rule of a file stands for: its validation, what it requires before
/// a person is asked, and the rest.
struct RuleGroup {
    private(set) var validates = false
    private(set) var requirement: Condition?
    private(set) var main: Rule

    static func groups(of rules: [Rule]) -> [RuleGroup] {
        var groups: [RuleGroup] = []
        var rest = rules[...]
        while let rule = rest.popFirst() {
            var group = RuleGroup(main: rule)
            if case .requiredArguments = rule.demand {
                group.validates = true
                if let next = rest.first, rule.name == next.name + validationSuffix,
                    rule.isTwin(of: next), !next.isValidation
                {
                    group.main = next
                    rest.removeFirst()
                } else {
                    // Read back, the name has its suffix again.
                    if rule.name.hasSuffix(validationSuffix) {
                        group.main.name = String(rule.name.dropLast(validationSuffix.count))
                    }
                    group.main.demand = .nothing
                }
            }
            if let condition = group.main.demanded, let next = rest.first, next.asksPerson,
                group.main.name == next.name, group.main.isTwin(of: next),
                group.main.limit == nil, group.main.profile == nil, group.main.limits == nil,
                group.main.refusal == next.refusal
            {
                group.requirement = condition
                group.main = next
                rest.removeFirst()
            }
            groups.append(group)
        }
        return groups
    }

    private init(main: Rule) { self.main = main }

    private static let validationSuffix = ".required_args"
}

extension Rule {
    fileprivate var isValidation: Bool {
        if case .requiredArguments = demand { true } else { false }
    }

    fileprivate var asksPerson: Bool {
        if case .approval = demand { true } else { false }
    }

    /// Whether both come from one rule of the file.
    fileprivate func isTwin(of other: Rule) -> Bool {
        mark == other.mark && isObserved == other.isObserved
            && when?.tests.map(\.mark) == other.when?.tests.map(\.mark)
    }

    /// The message that the loader makes for a rule with nothing but a limit.
    var generatedRefusal: String? {
        guard case .nothing = demand, let limit else { return nil }
        return PolicyReader.refusal(of: limit)
    }
}

extension Limit {
    /// `10/minute`, when the counter is the one that the shorthand makes.
    var shorthand: String? {
        guard case .fixed(1) = cost, charge == .attempt, most >= 1,
            counter.counter == "_rate_" + window.word, CounterWindow.named(window.word) != nil
        else { return nil }
        return "\(most)/\(window.word)"
    }

    /// Whether it is a bound below 1, which only a state block can say, and which refuses all.
    var refusesEverything: Bool {
        if case .fixed(let amount) = cost, amount > 0 { most < 1 } else { false }
    }
}

extension Condition {
    /// Conditions that must all hold, `all`s inside `all`s taken apart.
    var conjuncts: [Condition] {
        var conjuncts: [Condition] = []
        var open = [self]
        while let condition = open.popLast() {
            if case .all(let parts) = condition, !parts.isEmpty {
                open += parts.reversed()
            } else {
                conjuncts.append(condition)
            }
        }
        return conjuncts
    }

    /// Whether there is nothing to test, so that it always holds.
    var isTrivial: Bool {
        if case .all(let parts) = self { parts.allSatisfy(\.isTrivial) } else { false }
    }
}

extension Section {
    /// What unnamed rules are called by.
    var ruleName: String {
        switch target {
        case .everyTool: "*"
        default: group
        }
    }
}
