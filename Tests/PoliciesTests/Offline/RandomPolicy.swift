// Random policies and calls over a small vocabulary, so that they meet often.

import Notation

@testable import Policies

struct RandomPolicy {
    var generator: SampleGenerator
    let dialect: Policy.Dialect
    private var counter = 0

    init(seed: UInt64, dialect: Policy.Dialect = .sandboa) {
        generator = SampleGenerator(seed: seed)
        self.dialect = dialect
    }

    private typealias S = OfflineSamples
    static let values: [JSON] = [
        "a", "ab", "b1", "", "5", 5, 7, 2.5, .number("5.0"), true, false, nil, ["a"], ["a", "b"],
        [],
        ["k": "a"], ["k": 5], -1, 10, "/srv/x", "/srv/../x", "10.1.2.3", "www.x.example", [5, 7],
        ["k": ["a", 5]],
    ]
    private static let paths = ["a", "b", "c.k", "c", "b[*]", "b[?]", "b[0]", "a.length"]
    private static let plainPaths = ["a", "b", "c.k", "c"]

    mutating func pick<T>(_ list: [T]) -> T {
        list[Int.random(in: list.indices, using: &generator)]
    }

    mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &generator) < percent
    }

    private mutating func operation() -> Condition.Operation {
        let numbers: [JSON] = [5, 7, 2.5, 0, 6]
        let texts = ["^a", "b$", "^[a-z][0-9]$", "a|b1"]
        let isNative = dialect == .sandboa
        switch Int.random(in: 0..<(isNative ? 17 : 10), using: &generator) {
        case 0: return .eq(pick(Self.values))
        case 1: return .neq(pick(Self.values))
        case 2: return .isIn([pick(Self.values), pick(Self.values)])
        case 3: return .notIn([pick(Self.values), pick(Self.values)])
        case 4: return .lt(pick(numbers))
        case 5: return .lte(pick(numbers))
        case 6: return .gt(pick(numbers))
        case 7:
            do throws(Pattern.Problem) { return .regex(try Pattern(pick(texts))) } catch {
                return .exists(true)
            }
        case 8: return .contains(pick(["a", 5, "b"]))
        case 9: return .exists(chance(50))
        case 10: return .same(pick(Self.values))
        case 11: return .prefix(pick(["a", "b", "/srv"]))
        case 12: return .suffix(pick(["1", "b"]))
        case 13: return .glob(pick(["a*", "?b", "*1"]))
        case 14: return .type(pick(["string", "integer", "number", "array", "null", "boolean"]))
        case 15: return .pathWithin("/srv")
        default: return chance(50) ? .cidr("10.0.0.0/8") : .hostIn([".x.example"])
        }
    }

    mutating func condition(depth: Int = 2) -> Condition {
        let isNative = dialect == .sandboa
        guard depth > 0, isNative, chance(40) else {
            let path = pick(isNative ? Self.paths : Self.plainPaths)
            let missing: Condition.Missing? = isNative && chance(20) ? pick([.deny, .allow]) : nil
            return S.test(path, operation(), onMissing: missing)
        }
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: return .not(condition(depth: depth - 1))
        case 1: return .all([condition(depth: depth - 1), condition(depth: depth - 1)])
        default: return .any([condition(depth: depth - 1), condition(depth: depth - 1)])
        }
    }

    mutating func rule(_ group: String) -> Rule {
        counter += 1
        let name = "r\(counter)"
        let isNative = dialect == .sandboa
        switch Int.random(in: 0..<(isNative ? 7 : 3), using: &generator) {
        case 0: return S.require(name, .all([condition()]))
        case 1:
            return dialect == .intercept
                ? S.require(name, .all([condition()])) : S.denyIf(name, .all([condition()]))
        case 2:
            let scope: CounterScope = dialect == .intercept ? .server : .grant
            return S.limit(
                name, Int64(Int.random(in: 1...20, using: &generator)),
                pick(["minute", "hour", "day"]),
                scope: scope, tool: group)
        case 3:
            var rule = Rule(name: name, at: S.mark(), demand: .approval(Approval()))
            if chance(60) { rule.when = condition() }
            return rule
        case 4:
            var rule = S.limit(
                name, Int64(Int.random(in: 1...20, using: &generator)), pick(["minute", "hour"]),
                pick([.sliding, .calendar]), scope: pick(CounterScope.allCases), tool: group)
            if chance(30) { rule.when = condition() }
            if chance(30) { rule.limit?.cost = .argument(S.path("n")) }
            if chance(30) { rule.limit?.cost = .fixed(3) }
            if chance(30) { rule.limit?.charge = .success }
            return rule
        case 5:
            var rule = Rule(name: name, at: S.mark())
            rule.profile = pick(["compute", "project"])
            var limits = TightenedLimits()
            limits.memoryBytes = pick([1 << 20, 1 << 30])
            limits.wallMilliseconds = pick([nil, 1500])
            rule.limits = limits
            if chance(50) { rule.when = condition() }
            return rule
        default:
            var rule = S.require(name, condition())
            if chance(50) { rule.when = condition() }
            if chance(20) { rule.isObserved = true }
            if chance(40) { rule.refusal = pick(["no: not this", "Don't.", "yes", "two\nlines "]) }
            return rule
        }
    }

    mutating func policy() -> Policy {
        var policy = Policy(file: "p.yaml", hash: "00", dialect: dialect)
        policy.fallback = chance(50) ? .allow : .deny
        if chance(20) { policy.hidden = [Policy.Hidden(tool: "t2", mark: S.mark())] }
        if dialect == .sandboa, chance(10) { policy.mode = .observe }
        var targets: [(Section.Target, String)] = [
            (.tool("t1"), "t1"), (.tool("t2"), "t2"), (.everyTool, CounterName.everyTool),
        ]
        if dialect == .sandboa {
            targets += [(.glob("t*"), "t*"), (.category(.write), "category:write")]
        }
        for (target, group) in targets where chance(60) {
            let rules = (0..<Int.random(in: 0...3, using: &generator)).map { _ in rule(group) }
            policy.sections.append(Section(target, at: S.mark(), rules: rules))
        }
        return policy
    }

    /// The policy with something changed.
    mutating func mutated(_ policy: Policy) -> Policy {
        var policy = policy
        guard let place = policy.sections.indices.randomElement(using: &generator) else {
            policy.fallback = policy.fallback == .deny ? .allow : .deny
            return policy
        }
        let group = policy.sections[place].target == .everyTool ? CounterName.everyTool : "t1"
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: policy.sections[place].rules.append(rule(group))
        case 1: _ = policy.sections[place].rules.popLast()
        default: policy.sections[place].rules.reverse()
        }
        return policy
    }

    mutating func call() -> PolicyCall {
        var arguments = JSONObject()
        for name in ["a", "b", "c"] where chance(75) { arguments[name] = pick(Self.values) }
        if chance(70) { arguments["n"] = pick([0, 1, 3, -1, 2.5, "x", 100]) }
        return PolicyCall(
            tool: pick(["t1", "t2", "t3", "other"]), arguments: arguments,
            category: pick(Category.allCases), required: ["required"])
    }
}
