// Which rules some calls have tried, and which outcomes of each test they have seen.
//
// A rule counts as reached when the decision got to it: what stands behind a denial was not tried.

package import Notation

/// What some calls have tried of one policy.
package struct PolicyCoverage: Sendable {
    package struct RuleCount: Sendable {
        package let name: String
        package let mark: SourceMark
        package let target: Section.Target
        /// Calls that the rule was asked about.
        package fileprivate(set) var reached = 0
        /// Among them: it was not about this call; nothing stood against it; it asked a person; it
        /// denied.
        package fileprivate(set) var skipped = 0
        package fileprivate(set) var passed = 0
        package fileprivate(set) var asked = 0
        package fileprivate(set) var denied = 0
        package fileprivate(set) var tests: [TestCount]

        package var hasApplied: Bool { passed + asked + denied > 0 }
    }

    package struct TestCount: Sendable {
        /// Path and operator: `args.a eq`.
        package let words: String
        package let mark: SourceMark
        package fileprivate(set) var held = 0
        package fileprivate(set) var failed = 0
        /// It could not be evaluated: the argument was missing, or of another kind.
        package fileprivate(set) var unknown = 0

        package var sawBoth: Bool { held > 0 && failed + unknown > 0 }
    }

    package private(set) var rules: [RuleCount] = []
    package private(set) var calls = 0
    /// Calls that no rule was asked about.
    package private(set) var hidden = 0
    package private(set) var unlisted = 0

    /// Calls made when evaluations begin.
    package init(of policy: CompiledPolicy, trying calls: [PolicyCall]) {
        self.init(of: policy, making: calls.map { ($0, PolicyEvaluation.start) })
    }

    package init(of policy: CompiledPolicy, making calls: [(call: PolicyCall, at: Instant)]) {
        for section in policy.policy.sections {
            for rule in section.rules {
                let tests = rule.tests.map { TestCount(words: $0.words, mark: $0.mark) }
                rules.append(
                    RuleCount(
                        name: rule.name, mark: rule.mark, target: section.target, tests: tests))
            }
        }
        // The compiled tests of all rules, in the order of the rules.
        var firsts: [Int] = []
        var next = 0
        for rule in rules {
            firsts.append(next)
            next += rule.tests.count
        }
        guard policy.tree.tests.count == next else { return }
        for (call, now) in calls { note(call, at: now, policy, firsts) }
    }

    private mutating func note(
        _ call: PolicyCall, at now: Instant, _ policy: CompiledPolicy, _ firsts: [Int]
    ) {
        calls += 1
        let circumstances = Circumstances(at: now)
        let verdict = policy.decide(call, counters: .empty, at: now)
        if verdict.rule == Verdict.hiddenRule { hidden += 1 }
        if verdict.rule == Verdict.defaultDenyRule { unlisted += 1 }
        guard verdict.rule != Verdict.hiddenRule, verdict.rule != Verdict.defaultDenyRule
        else { return }
        var walk = RuleWalk(call, in: policy)
        while let section = walk.next(for: call, in: policy) {
            for place in policy.sections[section].rules {
                let rule = policy.rules[place]
                noteTests(of: place, first: firsts[place], call, circumstances, policy)
                rules[place].reached += 1
                switch policy.judge(rule, call, circumstances) {
                case .skipped: rules[place].skipped += 1
                case .passed: rules[place].passed += 1
                case .asks: rules[place].asked += 1
                case .denied:
                    rules[place].denied += 1
                    guard rule.written.isObserved || policy.policy.mode == .observe else { return }
                }
            }
        }
    }

    private mutating func noteTests(
        of rule: Int, first: Int, _ call: PolicyCall, _ circumstances: Circumstances,
        _ policy: CompiledPolicy
    ) {
        for index in rules[rule].tests.indices {
            var trial = Trial()
            let test = policy.tree.tests[first + index]
            switch test.truth(for: call, circumstances, permitting: true, &trial) {
            case .yes: rules[rule].tests[index].held += 1
            case .no: rules[rule].tests[index].failed += 1
            case .unknown: rules[rule].tests[index].unknown += 1
            }
        }
    }
}

extension PolicyCoverage {
    package var appliedRules: Int { rules.count(where: \.hasApplied) }
    package var tests: [TestCount] { rules.flatMap(\.tests) }
    /// Rules that applied and tests whose both outcomes were seen, of all rules and tests.
    package var fraction: (seen: Int, all: Int) {
        (appliedRules + tests.count(where: \.sawBoth), rules.count + tests.count)
    }

    package static let columns = ["rule", "reached", "passed", "asked", "denied", "not tried"]

    /// One row a rule, for a table with `columns`.
    package var rows: [[String]] {
        rules.map { rule in
            var gaps = rule.hasApplied ? [] : ["never applied"]
            gaps += rule.tests.filter { !$0.sawBoth }.map {
                "\($0.words) \($0.held > 0 ? "never failed" : "never held")"
            }
            return [
                rule.name, "\(rule.reached)", "\(rule.passed)", "\(rule.asked)", "\(rule.denied)",
                gaps.isEmpty ? "-" : gaps.joined(separator: ", "),
            ]
        }
    }

    package var json: JSON {
        let list = rules.map { rule -> JSON in
            [
                "rule": .string(rule.name), "source": .string(rule.mark.description),
                "reached": JSON(rule.reached), "skipped": JSON(rule.skipped),
                "passed": JSON(rule.passed), "asked": JSON(rule.asked),
                "denied": JSON(rule.denied),
                "tests": .array(
                    rule.tests.map {
                        [
                            "test": .string($0.words), "source": .string($0.mark.description),
                            "held": JSON($0.held), "failed": JSON($0.failed),
                            "unknown": JSON($0.unknown),
                        ]
                    }),
            ]
        }
        return [
            "calls": JSON(calls), "hidden": JSON(hidden), "unlisted": JSON(unlisted),
            "seen": JSON(fraction.seen), "all": JSON(fraction.all), "rules": .array(list),
        ]
    }
}

extension Condition.Test {
    /// Path and operator, for a report.
    var words: String { "\(path.nativeText) \(operation.keyword)" }
}
