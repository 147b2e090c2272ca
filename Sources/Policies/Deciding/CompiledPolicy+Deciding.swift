// Deciding a call: hidden, then default deny, then every rule that concerns it, in order.
//
// INVARIANT: no rule lets a call through early. A call is allowed when nothing denied it, and a
// demand that can't be evaluated denies. A denial beats an approval that an earlier rule asked for.

internal import Notation

extension CompiledPolicy {
    /// The verdict on a call. Total, without effects, and without allocation for a call that is
    /// allowed and counts nothing.
    ///
    /// `counters`: what `countersRead` named, as it was before the call. `now` is for conditions
    /// on time.
    package func decide(
        _ call: PolicyCall, counters: CounterSnapshot, at now: Instant
    ) -> Verdict {
        var walk = RuleWalk(call, in: self)
        let denial = gate(call, walk)
        if let denial, policy.mode == .enforce { return denied(denial, call) }
        var verdict = Verdict(.allow)
        verdict.policyHash = policy.hash
        if let denial { verdict.observed = denial.rule }
        let circumstances = Circumstances(counters, at: now)
        while let section = walk.next(for: call, in: self) {
            for place in sections[section].rules {
                let rule = rules[place]
                let judgement = judge(rule, call, circumstances)
                if let denial = apply(judgement, of: rule, to: call, &verdict) {
                    return denied(denial, by: rule, call, circumstances, observed: verdict.observed)
                }
            }
        }
        return verdict
    }

    /// What one rule says.
    func judge(
        _ rule: CompiledRule, _ call: PolicyCall, _ circumstances: Circumstances
    ) -> Judgement {
        var trial = Trial()
        if let when = rule.when {
            let truth = tree.truth(of: when, for: call, circumstances, permitting: false, &trial)
            if trial.budget.isExhausted { return .denied(.tooMuch) }
            if truth != .yes { return .skipped }
        }
        switch rule.demand {
        case .refusal: return .denied(.refusal)
        case .nothing, .approval: break
        case .requiredArguments:
            for name in call.required where (call.arguments[name] ?? .null) == .null {
                return .denied(.argument(name))
            }
        case .condition(let node):
            let truth = tree.truth(of: node, for: call, circumstances, permitting: true, &trial)
            if trial.budget.isExhausted { return .denied(.tooMuch) }
            if truth != .yes { return .denied(.condition) }
        }
        var amount: Int64?
        if let limit = rule.limit {
            amount = limit.cost.amount(of: call)
            if amount == nil { return .denied(.cost) }
        }
        if case .approval(let approval) = rule.demand { return .asks(approval, amount: amount) }
        return .passed(amount: amount)
    }

    /// Adds what a rule says to the verdict; returns why the call is denied, if it is.
    private func apply(
        _ judgement: Judgement, of rule: CompiledRule, to call: PolicyCall,
        _ verdict: inout Verdict
    ) -> Denial? {
        let isObserved = rule.isObserved || policy.mode == .observe
        let amount: Int64?
        switch judgement {
        case .skipped: return nil
        case .denied(let denial):
            guard isObserved else { return denial }
            verdict.observed = verdict.observed ?? rule.written.name
            return nil
        case .asks(_, let asked) where isObserved:
            verdict.observed = verdict.observed ?? rule.written.name
            amount = asked
        case .asks(let approval, let asked):
            ask(approval, rule.written, &verdict)
            amount = asked
        case .passed(let passed): amount = passed
        }
        if let amount, let reservation = reservation(amount, for: rule, call) {
            verdict.reservations.append(reservation)
        }
        if rule.confines { confine(rule.written, &verdict) }
        return nil
    }

    /// The first rule that asks gives the verdict its name; the shortest wait counts.
    private func ask(_ approval: Approval, _ rule: Rule, _ verdict: inout Verdict) {
        if let earlier = verdict.approval {
            verdict.approval?.timeoutMilliseconds = min(
                earlier.timeoutMilliseconds, approval.timeoutMilliseconds)
            return
        }
        verdict.decision = .requireApproval
        verdict.approval = approval
        verdict.rule = rule.name
        verdict.mark = rule.mark
        verdict.reason = rule.refusal ?? Wording.approval(rule)
    }

    /// What a rule's limit counts; nil without one. An observed limit counts and never refuses.
    func reservation(
        _ amount: Int64, for rule: CompiledRule, _ call: PolicyCall
    ) -> Reservation? {
        guard let limit = rule.limit else { return nil }
        let isObserved = rule.isObserved || policy.mode == .observe
        let key = CounterKey(
            limit.counter, scope: limit.scope, owner: call.owner(in: limit.scope),
            window: limit.window)
        return Reservation(
            key, amount: amount, most: isObserved ? .max : limit.most, charge: limit.charge,
            rule: rule.written.name, at: rule.written.mark, refusal: rule.written.refusal)
    }

    /// Rules come in the order of their precedence, so the first profile stays.
    private func confine(_ rule: Rule, _ verdict: inout Verdict) {
        if verdict.profile == nil { verdict.profile = rule.profile }
        if let limits = rule.limits {
            verdict.limits = verdict.limits?.combined(with: limits) ?? limits
        }
    }
}

extension Limit.Cost {
    /// What a call counts; nil when that is no number from 0 up to the largest Int64. A fraction
    /// counts as the next integer: many small amounts must not be free.
    func amount(of call: PolicyCall) -> Int64? {
        switch self {
        case .fixed(let amount): return amount >= 0 ? amount : nil
        case .argument(let path):
            guard let value = path.single(in: call.arguments), let number = DecimalNumber(value),
                let amount = number.roundedUp, let zero = DecimalNumber(0), number >= zero
            else { return nil }
            return amount
        }
    }
}
