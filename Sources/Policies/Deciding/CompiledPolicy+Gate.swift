// What is denied before any rule is asked.

internal import Notation

extension CompiledPolicy {
    /// The verdict on a call that the policy hides or does not list; nil when rules decide.
    func gate(_ call: PolicyCall, _ walk: RuleWalk) -> Verdict? {
        let isHidden =
            hidesAll || walk.ownPlan.map { plans[$0].isHidden } == true
            || walk.handlerPlan.map { plans[$0].isHidden } == true
        if isHidden {
            return refused(.hidden, Verdict.hiddenRule, Wording.hidden(call.tool))
        }
        if call.tool.utf8.count > Self.maxToolNameBytes {
            return refused(.deny, Verdict.defaultDenyRule, Wording.longName)
        }
        if policy.fallback == .deny && !lists(call.tool, walk.ownPlan) {
            return refused(.deny, Verdict.defaultDenyRule, Wording.unlisted(call.tool))
        }
        return nil
    }

    private func refused(
        _ decision: Verdict.Decision, _ rule: String, _ reason: String
    ) -> Verdict {
        var verdict = Verdict(decision)
        verdict.rule = rule
        verdict.reason = reason
        verdict.policyHash = policy.hash
        return verdict
    }

    /// Whether a section names the tool, by itself or by a glob. Categories and `*` don't.
    private func lists(_ tool: String, _ plan: Int?) -> Bool {
        if let plan, !plans[plan].exact.isEmpty { return true }
        // Intercept looks the name up among the keys of `tools`, where `*` is one.
        if policy.dialect == .intercept, !everyTool.isEmpty, tool.hasSameBytes(as: "*") {
            return true
        }
        return globs.contains { sections[$0].lists(tool) }
    }
}
