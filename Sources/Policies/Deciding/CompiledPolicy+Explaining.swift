// The same decision with its reasons: for callers when a call is denied, for `explain` always.

internal import Notation

extension CompiledPolicy {
    /// The verdict and the outcome of every rule that concerns the call.
    package func explain(
        _ call: PolicyCall, counters: CounterSnapshot, at now: Instant
    ) -> Explanation {
        let verdict = decide(call, counters: counters, at: now)
        let circumstances = Circumstances(counters, at: now)
        var walk = RuleWalk(call, in: self)
        var explanation = Explanation(steps: [], verdict: verdict)
        if gate(call, walk) != nil && policy.mode == .enforce { return explanation }
        while let section = walk.next(for: call, in: self) {
            for rule in rules[sections[section].rules] {
                explanation.steps.append(
                    step(rule, sections[section].target, call, circumstances))
            }
        }
        return explanation
    }

    private func step(
        _ rule: CompiledRule, _ target: Section.Target, _ call: PolicyCall,
        _ circumstances: Circumstances
    ) -> Explanation.Step {
        var step = Explanation.Step(
            rule: rule.written.name, mark: rule.written.mark, target: target, outcome: .passed,
            isObserved: rule.isObserved || policy.mode == .observe)
        switch judge(rule, call, circumstances) {
        case .skipped:
            step.outcome = .skipped
            // What kept the rule from applying is what would have had to hold.
            step.finding = rule.when
                .flatMap { tree.obstacle(in: $0, for: call, circumstances, permitting: true) }
                .map { Wording.finding($0) }
        case .passed(let amount):
            step.reservation = amount.flatMap { reservation($0, for: rule, call) }
        case .asks(_, let amount):
            step.outcome = .asks
            step.reservation = amount.flatMap { reservation($0, for: rule, call) }
        case .denied(let denial):
            step.outcome = .denied
            step.finding = finding(denial, by: rule, call, circumstances)?.finding
        }
        return step
    }

    /// The verdict of a rule that denies.
    func denied(
        _ denial: Denial, by rule: CompiledRule, _ call: PolicyCall,
        _ circumstances: Circumstances, observed: String?
    ) -> Verdict {
        var verdict = Verdict(.deny)
        verdict.policyHash = policy.hash
        verdict.observed = observed
        verdict.rule = rule.written.name
        verdict.mark = rule.written.mark
        let found = finding(denial, by: rule, call, circumstances)
        verdict.finding = found?.finding
        verdict.reason =
            rule.written.refusal
            ?? Wording.denial(denial, by: rule.written, because: found?.sentence)
        return verdict
    }

    /// What stood in the call's way, and a sentence on it for the caller.
    private func finding(
        _ denial: Denial, by rule: CompiledRule, _ call: PolicyCall,
        _ circumstances: Circumstances
    ) -> (finding: Finding, sentence: String)? {
        let obstacle: Obstacle?
        switch denial {
        case .tooMuch: return nil
        case .argument(let name): return Wording.missing(name, call, rule.written)
        case .cost: return Wording.cost(call, rule.written)
        case .refusal:
            obstacle = rule.when.flatMap {
                tree.obstacle(in: $0, for: call, circumstances, permitting: false)
            }
        case .condition:
            guard case .condition(let node) = rule.demand else { return nil }
            obstacle = tree.obstacle(in: node, for: call, circumstances, permitting: true)
        }
        return obstacle.map { (Wording.finding($0), Wording.sentence($0)) }
    }
}
