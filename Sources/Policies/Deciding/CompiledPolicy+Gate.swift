// What is denied before any rule is asked.

internal import Notation

extension CompiledPolicy {
    /// Why a call is denied before any rule is asked; nil when rules decide.
    func gate(_ call: PolicyCall, _ walk: RuleWalk) -> GateDenial? {
        let isHidden =
            hidesAll || walk.ownPlan.map { plans[$0].isHidden } == true
            || walk.handlerPlan.map { plans[$0].isHidden } == true
        if isHidden { return .hidden }
        if call.tool.utf8.count > Self.maxToolNameBytes { return .longName }
        if policy.fallback == .deny && !lists(call.tool, walk.ownPlan) { return .unlisted }
        return nil
    }

    func denied(_ denial: GateDenial, _ call: PolicyCall) -> Verdict {
        var verdict = Verdict(denial == .hidden ? .hidden : .deny)
        verdict.rule = denial.rule
        verdict.policyHash = policy.hash
        verdict.reason =
            switch denial {
            case .hidden: Wording.hidden(call.tool)
            case .longName: Wording.longName
            case .unlisted: Wording.unlisted(call.tool)
            }
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
