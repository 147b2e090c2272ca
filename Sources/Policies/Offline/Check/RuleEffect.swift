internal import Notation

/// What a rule can do, seen by itself.
struct RuleEffect: Sendable {
    /// Whether what follows holds for all calls, or only for those tried.
    let isCertain: Bool
    /// The rule applied to some call, and left some call alone.
    private(set) var applies = false
    private(set) var skips = false
    /// Among the calls it applied to: its demand was met, or not.
    private(set) var passes = false
    private(set) var fails = false

    init(of rule: Rule, in dialect: Policy.Dialect, shape: ToolShape?) {
        let tool = shape?.name ?? "x"
        var policy = Policy(file: rule.mark.file, hash: "", dialect: dialect)
        policy.sections = [Section(.tool(tool), at: rule.mark, rules: [rule])]
        let compiled = CompiledPolicy(policy)
        let space = CallSpace(of: [(rule, dialect)], shape: shape, categories: [.execute])
        isCertain = space.isExhaustive
        for point in space.points {
            let call = PolicyCall(
                tool: tool, arguments: point.arguments, required: shape?.required ?? [])
            note(compiled.judge(compiled.rules[0], call, Circumstances(at: point.now)))
        }
        // A counter that the rule does not feed itself says 0 here, whatever it says elsewhere.
        if rule.tests.contains(where: \.readsCounter) {
            (applies, skips, passes, fails) = (true, true, true, true)
        }
    }

    private mutating func note(_ judgement: Judgement) {
        switch judgement {
        case .skipped: skips = true
        case .passed, .asks: (applies, passes) = (true, true)
        case .denied(.cost): (applies, passes, fails) = (true, true, true)
        case .denied: (applies, fails) = (true, true)
        }
    }

    /// Denies every call there is.
    var deniesAlways: Bool { isCertain && !skips && !passes && fails }
    var neverApplies: Bool { isCertain && !applies }
}

extension Condition.Test {
    var readsCounter: Bool {
        if case .state = path { true } else { false }
    }
}
