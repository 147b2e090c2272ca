// Walking through the conditions of rules.

extension Condition {
    /// Every test, in the order written.
    var tests: [Test] {
        var tests: [Test] = []
        visit { test, _ in tests.append(test) }
        return tests
    }

    /// Calls `body` with each test and whether it stands under an odd number of `not`s.
    func visit(isNegated: Bool = false, _ body: (Test, Bool) -> Void) {
        var open: [(condition: Condition, isNegated: Bool)] = [(self, isNegated)]
        while let (condition, isNegated) = open.popLast() {
            switch condition {
            case .test(let test): body(test, isNegated)
            case .all(let parts), .any(let parts):
                open += parts.reversed().map { ($0, isNegated) }
            case .not(let part): open.append((part, !isNegated))
            }
        }
    }
}

extension Rule {
    /// The condition the rule demands, if it demands one.
    var demanded: Condition? {
        if case .require(let condition) = demand { condition } else { nil }
    }

    /// Whether the rule denies whatever it applies to.
    var refuses: Bool {
        if case .refusal = demand { true } else { false }
    }

    /// Whether what it says depends on the time.
    var asksClock: Bool {
        tests.contains { test in
            if case .time = test.path { true } else { false }
        }
    }

    var tests: [Condition.Test] { (when?.tests ?? []) + (demanded?.tests ?? []) }
}
