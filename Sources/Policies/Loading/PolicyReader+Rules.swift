// Rules: Intercept's, the forms that published files add, and ours. One rule of a file becomes one
// of the model, or several with its name when it demands several things.

internal import Notation

/// What a rule says it does.
private enum RuleAction: String {
    case evaluate, deny, allow
    case requireApproval = "require_approval"
}

extension PolicyReader {
    /// The rules that a rule of the file stands for, and the section they belong to: one with a
    /// `category` moves from `*` to that category's.
    mutating func rule(
        _ node: YAMLNode, index: Int, in written: SectionContext
    ) -> (SectionContext, [Rule]) {
        guard let fields = fields(node, .rule) else { return (written, []) }
        let context = section(of: fields, in: written)
        var base = Rule(name: ruleName(fields, "\(written.name)#\(index)"), at: mark(node))
        base.refusal = refusal(fields)
        base.isObserved = flag(fields["observe"]) ?? false
        let conditionContext = ConditionContext(
            section: context, onMissing: missing(fields["on_missing"]))
        let action = action(fields)
        // What a rule says of missing arguments is about what it demands. Only of a denial, `when`
        // is the demand; elsewhere a missing argument means that the rule does not apply.
        var whenContext = conditionContext
        if action != .deny { whenContext.onMissing = nil }
        base.when = fields["when"].flatMap { condition($0, whenContext) }

        var tests = conditions(fields["conditions"], conditionContext)
        if let node = fields["require"] {
            tests += condition(node, conditionContext).map { [$0] } ?? []
        }
        let limit = limit(fields, in: context, bounding: &tests)
        checkDemands(fields, action)

        var rules: [Rule] = []
        if let rule = validation(fields["validate"], base) { rules.append(rule) }
        if let node = fields["deny_if"] {
            let denied = condition(node, conditionContext).map { [$0] } ?? []
            var rule = base
            rule.demand = .refusal
            rule.when = .all((base.when.map { [$0] } ?? []) + denied)
            warnOfOpenings(denied)
            rules.append(rule)
        }
        rules += mainRules(base, fields, action, tests, limit)
        return (context, rules)
    }

    /// What remains of a rule besides its validation and its `deny_if`.
    private mutating func mainRules(
        _ base: Rule, _ fields: Fields, _ action: RuleAction, _ tests: [Condition], _ limit: Limit?
    ) -> [Rule] {
        var rules: [Rule] = []
        var main = base
        switch action {
        case .deny:
            main.demand = .refusal
            if let when = main.when { warnOfOpenings([when]) }
        case .requireApproval:
            if !tests.isEmpty {
                var requirement = base
                requirement.demand = .require(.all(tests))
                rules.append(requirement)
            }
            main.demand = .approval(approval(fields["approval"]))
        case .evaluate, .allow:
            if !tests.isEmpty { main.demand = .require(.all(tests)) }
        }
        main.limit = limit
        main.profile = profile(fields)
        main.limits = walls(fields["limits"])
        if case .nothing = main.demand {
            if let limit, main.refusal == nil { main.refusal = Self.refusal(of: limit) }
            let isIdle = limit == nil && main.profile == nil && main.limits == nil
            if isIdle, fields.has("deny_if") { return rules }
        }
        return rules + [main]
    }

    private mutating func ruleName(_ fields: Fields, _ generated: String) -> String {
        if let name = text(fields["name"]), !name.isEmpty { return name }
        if isStrict { refuseMissing("name", in: fields, fix: "every rule of Intercept has one") }
        return generated
    }

    private mutating func refusal(_ fields: Fields) -> String? {
        let told = told(fields["on_deny"])
        guard let node = fields["reason"] else { return told }
        if fields.has("on_deny") {
            refuse(node, "'reason' is another word for 'on_deny'", fix: "keep one of the two")
        }
        return self.told(node)
    }

    /// What the caller is told; empty text is none.
    mutating func told(_ node: YAMLNode?) -> String? {
        text(node).flatMap { $0.isEmpty ? nil : $0 }
    }

    private mutating func section(
        of fields: Fields, in context: SectionContext
    ) -> SectionContext {
        guard let node = fields["category"], let word = text(node) else {
            return context
        }
        guard let category = Category(word: word) else {
            let near = nearest(to: word, among: Category.words)
            refuse(
                node, "\(Self.shown(word)) is no category",
                fix: near.map { "did you mean '\($0)'?" }
                    ?? "there are \(Category.words.joined(separator: ", "))")
            return context
        }
        guard context.target == .everyTool else {
            refuse(
                node, "only rules of '*' name a category",
                fix: "move the rule there, or into 'categories'")
            return context
        }
        return .category(category)
    }

    private mutating func validation(_ node: YAMLNode?, _ base: Rule) -> Rule? {
        guard let node, let fields = fields(node, .validate) else { return nil }
        guard flag(fields["required_args"]) == true else {
            if fields.isEmpty { refuse(node, "names nothing to validate") }
            return nil
        }
        var rule = base
        rule.name += ".required_args"
        rule.demand = .requiredArguments
        rule.refusal = nil
        return rule
    }

    // MARK: Actions

    private mutating func action(_ fields: Fields) -> RuleAction {
        let node = fields["action"]
        guard let node, let text = text(node), !text.isEmpty else { return .evaluate }
        if isStrict {
            if text == "deny" { return .deny }
            // The shorthand overwrites whatever else stands there.
            if text == "evaluate" || fields.has("rate_limit") { return .evaluate }
            refuse(node, "the action \(Self.shown(text)) is not evaluate or deny")
            return .evaluate
        }
        if text == RuleAction.requireApproval.rawValue, !isNative {
            refuse(
                node, "asking a person is not part of this dialect",
                fix: "it needs `dialect: sandboa` at the top of the file")
            return .evaluate
        }
        var choices = ["allow", "deny", "evaluate"]
        if isNative { choices.append(RuleAction.requireApproval.rawValue) }
        return choice(node, choices).flatMap(RuleAction.init(rawValue:)) ?? .evaluate
    }

    private static let demands = ["require", "deny_if", "conditions"]
    private static let counts = ["rate_limit", "limit", "state"]
    private static let others = ["validate", "profile", "sandbox", "limits"]

    /// Notes what contradicts itself, and what does nothing.
    private mutating func checkDemands(_ fields: Fields, _ action: RuleAction) {
        let node = fields.node
        let hasConditions = fields["conditions"]?.elements?.isEmpty == false
        if let rate = fields["rate_limit"] {
            if let other = fields["state"] ?? (hasConditions ? fields["conditions"] : nil) {
                let key = fields.has("state") ? "state" : "conditions"
                refuse(
                    other,
                    "'\(key)' doesn't go into one rule with 'rate_limit', at \(rate.position)",
                    fix: "make two rules")
            }
        }
        let demand = Self.demands.first {
            $0 == "conditions" ? hasConditions : fields.has($0)
        }
        if let approval = fields["approval"], action != .requireApproval {
            refuse(approval, "nobody is asked", fix: "write 'action: require_approval', too")
        }
        switch action {
        case .deny:
            let counted = Self.counts.first { fields.has($0) && !(isStrict && $0 == "state") }
            guard let key = demand ?? counted else { return }
            refuse(
                fields["action"] ?? node, "a rule that denies always takes no '\(key)'",
                fix: isNative ? "say with 'when' which calls it denies" : "remove one of the two")
        case .allow:
            guard let demand else { return }
            refuse(
                fields["action"] ?? node, "'action: allow' takes no '\(demand)'",
                fix: "leave the action out: the call passes only if the conditions hold")
        case .evaluate where isStrict:
            if !hasConditions, !fields.has("rate_limit") {
                refuse(node, "a rule that evaluates needs conditions")
            }
        case .evaluate:
            guard demand == nil, !Self.counts.contains(where: fields.has),
                !Self.others.contains(where: fields.has)
            else { return }
            refuse(
                node, "the rule does nothing", fix: "give it conditions, or write 'action: allow'")
        case .requireApproval: break
        }
    }
}
