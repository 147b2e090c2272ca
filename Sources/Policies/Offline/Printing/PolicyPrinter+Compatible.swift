// Intercept's YAML and policy.json: a subset of what the model can say.

internal import Notation

extension PolicyPrinter {
    // MARK: Intercept

    mutating func interceptDocument() -> JSONObject {
        var document: JSONObject = ["version": "1"]
        fillTop(&document)
        var tools: JSONObject = [:]
        for section in sections {
            guard let name = plainName(of: section) else { continue }
            let key = section.key(in: policy.dialect)
            checkCounters(of: section, in: key)
            var rules: [JSON] = []
            for group in RuleGroup.groups(of: section.rules) {
                if let rule = interceptRule(group, in: section, key) { rules.append(.object(rule)) }
            }
            tools[name] = rules.isEmpty ? [:] : ["rules": .array(rules)]
        }
        if !tools.isEmpty { document["tools"] = .object(tools) }
        return document
    }

    private mutating func interceptRule(
        _ group: RuleGroup, in section: Section, _ key: String
    ) -> JSONObject? {
        let rule = group.main
        refuseForeign(rule, key)
        if rule.when.map(\.isTrivial) == false {
            refuse("a rule for some calls only ('when')", at: rule.mark, key: key)
        }
        var object: JSONObject = ["name": .string(rule.name)]
        if group.validates {
            if keepsDialect {
                object["validate"] = ["required_args": true]
            } else {
                refuse("'validate' (it ignores the key)", at: rule.mark, key: key)
            }
        }
        var conditions = plainConditions(of: rule.demanded, key)
        if case .refusal = rule.demand { object["action"] = "deny" }
        if rule.limit?.refusesEverything == true {
            object["action"] = "deny"
            conditions = []
        } else if let limit = rule.limit {
            fill(&object, with: limit, rule, &conditions, section, key)
        }
        if !conditions.isEmpty { object["conditions"] = .array(conditions) }
        if object.count == 1 { return nil }
        if object["conditions"] == nil, object["action"] == nil { object["action"] = "allow" }
        if let refusal = rule.refusal, refusal != rule.generatedRefusal {
            object["on_deny"] = .string(refusal)
        }
        return object
    }

    private mutating func fill(
        _ object: inout JSONObject, with limit: Limit, _ rule: Rule, _ conditions: inout [JSON],
        _ section: Section, _ key: String
    ) {
        if limit.scope != .server {
            refuse("a limit for each \(limit.scope.rawValue)", at: rule.mark, key: key)
        }
        checkWindow(limit, rule, key)
        if section.group.utf8.contains(UInt8(ascii: ".")), !keepsDialect {
            refuse("a limit of a tool with a dot in its name", at: rule.mark, key: key)
        }
        if let shorthand = limit.shorthand, conditions.isEmpty {
            object["action"] = "allow"
            object["rate_limit"] = .string(shorthand)
            return
        }
        conditions.append([
            "path": .string("state.\(limit.counter)"), "op": "lte", "value": .integer(limit.most),
        ])
        var state: JSONObject = [
            "counter": .string(limit.counter.counter), "window": .string(limit.window.word),
        ]
        switch limit.cost {
        case .fixed(1): break
        case .fixed(let amount):
            if amount < 1 { refuse("a limit that counts \(amount)", at: rule.mark, key: key) }
            state["increment"] = .integer(amount)
        case .argument(let path): state["increment_from"] = costText(path, rule, key)
        }
        object["state"] = .object(state)
    }

    // MARK: policy.json

    mutating func jsonDocument() -> JSONObject {
        var document: JSONObject = ["version": "1"]
        fillTop(&document)
        var tools: JSONObject = [:]
        for section in sections {
            guard let name = plainName(of: section) else { continue }
            checkCounters(of: section, in: section.key(in: policy.dialect))
            let object = jsonSection(section)
            if section.target == .everyTool {
                if !object.isEmpty { document["all_tools"] = .object(object) }
            } else {
                tools[name] = .object(object)
            }
        }
        if !tools.isEmpty { document["tools"] = .object(tools) }
        return document
    }

    private mutating func jsonSection(_ section: Section) -> JSONObject {
        let key = section.key(in: policy.dialect)
        var lists: [String: [JSON]] = [:]
        for rule in section.rules {
            refuseForeign(rule, key)
            var group = JSONObject()
            let conditions = plainConditions(of: rule.refuses ? rule.when : rule.demanded, key)
            group["conditions"] = .array(conditions)
            if let refusal = rule.refusal, refusal != rule.generatedRefusal {
                group["on_deny"] = .string(refusal)
            }
            if !rule.refuses, rule.when.map(\.isTrivial) == false {
                refuse("a rule for some calls only ('when')", at: rule.mark, key: key)
            }
            switch rule.demand {
            case .refusal: lists["deny_if", default: []].append(.object(group))
            case .require where !conditions.isEmpty:
                lists["require", default: []].append(.object(group))
            case .requiredArguments: refuse("'validate'", at: rule.mark, key: key)
            case .nothing, .require, .approval: break
            }
            guard let limit = rule.limit else { continue }
            if limit.refusesEverything {
                lists["deny_if", default: []].append(["conditions": []])
            } else {
                lists["limits", default: []].append(.object(quota(limit, rule, key)))
            }
        }
        var object = JSONObject()
        for name in ["require", "deny_if", "limits"] {
            if let list = lists[name] { object[name] = .array(list) }
        }
        return object
    }

    private mutating func quota(_ limit: Limit, _ rule: Rule, _ key: String) -> JSONObject {
        checkWindow(limit, rule, key)
        if limit.scope != .grant, !keepsDialect {
            refuse("a limit for each \(limit.scope.rawValue)", at: rule.mark, key: key)
        }
        var quota: JSONObject = [
            "counter": .string(limit.counter.counter), "window": .string(limit.window.word),
            "max": .integer(limit.most), "scope": .string(limit.scope.rawValue),
        ]
        switch limit.cost {
        case .fixed(1): break
        case .fixed(let amount):
            refuse("a limit that counts \(amount)", at: rule.mark, key: key)
        case .argument(let path): quota["increment_from"] = costText(path, rule, key)
        }
        if let refusal = rule.refusal, refusal != rule.generatedRefusal {
            quota["on_deny"] = .string(refusal)
        }
        return quota
    }

    // MARK: Both

    private mutating func fillTop(_ document: inout JSONObject) {
        let top = SourceMark(file: policy.file, line: 1, column: 1)
        if !policy.about.isEmpty { document["description"] = .string(policy.about) }
        document["default"] = .string(policy.fallback.rawValue)
        if !policy.hidden.isEmpty {
            document["hide"] = .array(policy.hidden.map { .string($0.tool) })
        }
        if policy.mode == .observe { refuse("that a policy only observes", at: top, key: "mode") }
        for test in policy.tests { refuse("a test", at: test.mark, key: "tests") }
    }

    /// The key of a section; nil, and noted, when the dialect has no such sections.
    private mutating func plainName(of section: Section) -> String? {
        let key = section.key(in: policy.dialect)
        switch section.target {
        case .tool(let name): return name
        case .everyTool: return "*"
        case .glob(let text): refuse("the glob '\(text)'", at: section.mark, key: key)
        case .category: refuse("rules for a category", at: section.mark, key: key)
        }
        return nil
    }

    private mutating func refuseForeign(_ rule: Rule, _ key: String) {
        if case .approval = rule.demand {
            refuse("that a person is asked", at: rule.mark, key: key)
        }
        if rule.profile != nil { refuse("a profile", at: rule.mark, key: key) }
        if rule.limits?.isEmpty == false { refuse("limits of a run", at: rule.mark, key: key) }
        if rule.isObserved { refuse("that a rule only observes", at: rule.mark, key: key) }
    }

    private mutating func plainConditions(of condition: Condition?, _ key: String) -> [JSON] {
        guard let condition, !condition.isTrivial else { return [] }
        var list: [JSON] = []
        for part in condition.conjuncts {
            switch part {
            case .test(let test):
                list.append(.object(object(of: test, path: test.path.plainText, in: key)))
            case .all, .any, .not:
                let mark =
                    part.tests.first?.mark
                    ?? SourceMark(file: policy.file, line: 1, column: 1)
                refuse("'any' or 'not'", at: mark, key: key)
            }
        }
        return list
    }

    private mutating func checkWindow(_ limit: Limit, _ rule: Rule, _ key: String) {
        if limit.window.kind == .sliding {
            refuse("a sliding window", at: rule.mark, key: key)
        } else if CounterWindow.named(limit.window.word) == nil {
            refuse("a window of \(limit.window.word)", at: rule.mark, key: key)
        }
        if limit.charge == .success {
            refuse("that failed calls don't count", at: rule.mark, key: key)
        }
    }

    private mutating func costText(_ path: ArgumentPath, _ rule: Rule, _ key: String) -> JSON {
        guard let text = path.plainText else {
            refuse("the path \(path.nativeText)", at: rule.mark, key: key)
            return ""
        }
        return .string(text)
    }
}

extension Condition.Path {
    /// As the compatible dialects read it; nil: they can't say it.
    fileprivate var plainText: String? {
        switch self {
        case .argument(let path): path.plainText
        case .state(let counter): "state.\(counter)"
        case .time: nil
        }
    }
}
