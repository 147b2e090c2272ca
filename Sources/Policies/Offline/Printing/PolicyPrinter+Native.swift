// Our own dialect: everything can be said, but for values that YAML lacks.

internal import Notation

extension PolicyPrinter {
    mutating func nativeDocument() -> JSONObject {
        var document: JSONObject = ["version": "1", "dialect": "sandboa"]
        if !policy.about.isEmpty { document["description"] = .string(policy.about) }
        document["default"] = .string(policy.fallback.rawValue)
        if policy.mode != .enforce { document["mode"] = .string(policy.mode.rawValue) }
        let usual = UsualCounters(of: policy)
        document["counters"] = usual.json
        if !policy.hidden.isEmpty {
            document["hide"] = .array(policy.hidden.map { .string($0.tool) })
        }
        var categories: JSONObject = [:]
        var tools: JSONObject = [:]
        for section in sections {
            let object = nativeSection(section, usual)
            switch section.target {
            case .category(let category):
                categories[category.rawValue.lowercased()] = object
            case .tool(let name):
                if name.utf8.contains(where: { "*?".utf8.contains($0) }) {
                    refuse(
                        "the name '\(name)' without reading it as a glob", at: section.mark,
                        key: section.key(in: policy.dialect))
                }
                tools[name] = object
            case .glob(let name): tools[name] = object
            case .everyTool: tools["*"] = object
            }
        }
        if !categories.isEmpty { document["categories"] = .object(categories) }
        if !tools.isEmpty { document["tools"] = .object(tools) }
        if !policy.tests.isEmpty {
            document["tests"] = .array(policy.tests.map { .object(nativeTest($0)) })
        }
        return document
    }

    private mutating func nativeSection(_ section: Section, _ usual: UsualCounters) -> JSON {
        let key = section.key(in: policy.dialect)
        checkCounters(of: section, in: key)
        var rules: [JSON] = []
        for group in RuleGroup.groups(of: section.rules) {
            var object = JSONObject()
            let generated = "\(section.ruleName)#\(rules.count)"
            if group.main.name != generated { object["name"] = .string(group.main.name) }
            fill(&object, with: group, key, usual)
            rules.append(.object(object))
        }
        return rules.isEmpty ? [:] : ["rules": .array(rules)]
    }

    private mutating func fill(
        _ object: inout JSONObject, with group: RuleGroup, _ key: String, _ usual: UsualCounters
    ) {
        let rule = group.main
        if let when = rule.when, !when.isTrivial { object["when"] = nativeConditions(when, key) }
        if group.validates { object["validate"] = ["required_args": true] }
        if let requirement = group.requirement ?? rule.demanded, !requirement.isTrivial {
            object["require"] = nativeConditions(requirement, key)
        }
        let limit = rule.limit
        switch rule.demand {
        case .refusal: object["action"] = "deny"
        case .approval(let approval):
            object["action"] = "require_approval"
            if approval != Approval() {
                let time = DurationText.text(milliseconds: max(0, approval.timeoutMilliseconds))
                object["approval"] = ["timeout": .string(time)]
            }
        case .nothing, .require, .requiredArguments: break
        }
        if let limit, limit.refusesEverything {
            object["action"] = "deny"
            object["require"] = nil
        } else if let limit {
            fill(&object, with: limit, rule, key, usual)
        }
        object["profile"] = rule.profile.map(JSON.string)
        if let limits = rule.limits, !limits.isEmpty {
            var walls = JSONObject()
            for (name, value) in limits.spellings { walls[name] = value }
            object["limits"] = .object(walls)
        }
        let effects = ["validate", "require", "action", "limit", "rate_limit", "profile", "limits"]
        if !effects.contains(where: { object[$0] != nil }) { object["action"] = "allow" }
        if rule.isObserved { object["observe"] = true }
        if let refusal = rule.refusal, refusal != rule.generatedRefusal {
            object["on_deny"] = .string(refusal)
        }
    }

    private mutating func fill(
        _ object: inout JSONObject, with limit: Limit, _ rule: Rule, _ key: String,
        _ usual: UsualCounters
    ) {
        if let shorthand = limit.shorthand, object["require"] == nil,
            limit.scope == usual.scope, limit.window.kind == usual.kind
        {
            object["rate_limit"] = .string(shorthand)
            return
        }
        var quota: JSONObject = [
            "counter": .string(limit.counter.counter), "max": .integer(limit.most),
            "window": .string(limit.window.word),
        ]
        switch limit.cost {
        case .fixed(1): break
        case .fixed(let amount):
            if amount < 1 { refuse("a limit that counts \(amount)", at: rule.mark, key: key) }
            quota["cost"] = .integer(amount)
        case .argument(let path): quota["cost"] = .string(path.nativeText)
        }
        if limit.most < 1 { refuse("a limit of \(limit.most)", at: rule.mark, key: key) }
        if limit.scope != usual.scope { quota["scope"] = .string(limit.scope.rawValue) }
        let isNamed = CounterWindow.named(limit.window.word) != nil
        if !isNamed, limit.window.kind == .calendar {
            refuse("a calendar window of \(limit.window.word)", at: rule.mark, key: key)
        }
        if isNamed, limit.window.kind != usual.kind {
            quota["kind"] = .string(limit.window.kind.rawValue)
        }
        if limit.charge != .attempt { quota["charge"] = .string(limit.charge.rawValue) }
        object["limit"] = .object(quota)
    }

    // MARK: Conditions

    /// A condition at the top: several that must all hold are a list.
    private mutating func nativeConditions(_ condition: Condition, _ key: String) -> JSON {
        let parts = condition.conjuncts
        if parts.count == 1 { return nativeCondition(parts[0], key) }
        return .array(parts.map { nativeCondition($0, key) })
    }

    /// Recurses as deep as the condition, which the loader bounds.
    private mutating func nativeCondition(_ condition: Condition, _ key: String) -> JSON {
        switch condition {
        case .test(let test):
            return .object(object(of: test, path: test.path.nativeText, in: key))
        case .not(let part): return ["not": nativeCondition(part, key)]
        case .all(let parts), .any(let parts):
            if parts.isEmpty {
                let mark = SourceMark(file: policy.file, line: 1, column: 1)
                refuse("an empty list of conditions", at: mark, key: key)
            }
            let list = JSON.array(parts.map { nativeCondition($0, key) })
            if case .all = condition { return ["all": list] }
            return ["any": list]
        }
    }

    private mutating func nativeTest(_ test: PolicyTest) -> JSONObject {
        var object = JSONObject()
        object["name"] = test.name.map(JSON.string)
        object["tool"] = .string(test.call.tool)
        object["args"] = .object(test.call.arguments)
        if YAMLWriter.flow(.object(test.call.arguments)) == nil {
            refuse("the arguments of a test", at: test.mark, key: "tests")
        }
        if !test.call.grant.isEmpty { object["grant"] = .string(test.call.grant) }
        if !test.call.session.isEmpty { object["session"] = .string(test.call.session) }
        if test.call.category != .execute {
            object["category"] = .string(test.call.category.rawValue.lowercased())
        }
        object["at"] = (test.at?.text).map(JSON.string)
        object["expect"] = .string(test.expected.rawValue)
        object["rule"] = test.rule.map(JSON.string)
        return object
    }
}

/// What most counters of a policy have in common, said once at the top.
struct UsualCounters {
    private(set) var scope = CounterScope.server
    private(set) var kind = CounterWindow.Kind.calendar

    init(of policy: Policy) {
        let limits = policy.sections.flatMap(\.rules).compactMap(\.limit)
        // Those that the shorthand can say gain most.
        func weight(_ scope: CounterScope) -> Int {
            limits.reduce(0) { sum, limit in
                sum + (limit.scope != scope ? 0 : limit.shorthand == nil ? 1 : 2)
            }
        }
        for candidate in CounterScope.allCases where weight(candidate) > weight(scope) {
            scope = candidate
        }
        let sliding = limits.count { $0.window.kind == .sliding }
        if sliding * 2 > limits.count { kind = .sliding }
    }

    /// nil: what holds anyway.
    var json: JSON? {
        var object = JSONObject()
        if scope != .server { object["scope"] = .string(scope.rawValue) }
        if kind != .calendar { object["window"] = .string(kind.rawValue) }
        return object.isEmpty ? nil : .object(object)
    }
}
