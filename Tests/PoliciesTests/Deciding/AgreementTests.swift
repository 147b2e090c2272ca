// The engine and the naive evaluator agree on random policies in Intercept's dialect.

import Testing

@testable import Notation
@testable import Policies

@Suite struct AgreementTests {
    /// Values that collide often: by value, by print, by kind.
    private static let values: [JSON] = [
        nil, true, false, 0, 1, 2, 5, 60, -1, .number("0.5"), .number("2.0"), .number("1e6"), "",
        "a", "ab", "ba", "2", "true", "<nil>", "[a b]", "1e+06", "map[k:1]", [], ["a"], ["a", "b"],
        ["a b"], [1, 2], [["a"]], [:], ["k": 1], ["k": "1"], ["k": ["k": nil]], ["j": 1, "k": 2],
    ]
    /// What these patterns mean, in other words than theirs.
    static let patterns: [String: @Sendable (String) -> Bool] = [
        "": { _ in true }, "a": { $0.contains("a") }, "^a": { $0.first == "a" },
        "b$": { $0.last == "b" }, "^[ab]*$": { $0.allSatisfy("ab".contains) },
        "[0-9]": { $0.contains { "0123456789".contains($0) } },
    ]

    private struct Maker {
        var random: SeededGenerator
        let patterns: [Pattern]

        mutating func pick<T>(_ list: [T]) -> T {
            list[Int.random(in: list.indices, using: &random)]
        }
        mutating func value() -> JSON { pick(AgreementTests.values) }
        mutating func chance(_ percent: Int) -> Bool {
            Int.random(in: 0..<100, using: &random) < percent
        }

        mutating func operation() -> Condition.Operation {
            let number: JSON = pick([0, 1, 2, .number("0.5"), 60])
            let list = (0..<Int.random(in: 0...3, using: &random)).map { _ in value() }
            switch Int.random(in: 0..<11, using: &random) {
            case 0: return .eq(value())
            case 1: return .neq(value())
            case 2: return .isIn(list)
            case 3: return .notIn(list)
            case 4: return .lt(number)
            case 5: return .lte(number)
            case 6: return .gt(number)
            case 7: return .gte(number)
            case 8: return .regex(pick(patterns))
            case 9: return .contains(value())
            default: return .exists(chance(50))
            }
        }

        mutating func rule(_ name: String, group: String) -> Rule {
            if chance(8) { return Sample.rule(name, .refusal) }
            if chance(35) {
                let limit = Limit(
                    CounterName(group: group, counter: name),
                    per: CounterWindow(.calendar, seconds: pick([60, 3_600])),
                    most: Int64.random(in: 0...3, using: &random), scope: .server)
                return Sample.rule(name, limit: limit)
            }
            let tests = (0..<Int.random(in: 1...2, using: &random)).map { _ in
                Sample.test(pick(["x", "x.k", "y"]), operation())
            }
            return Sample.rule(name, .require(.all(tests)))
        }

        mutating func policy() -> Policy {
            var sections: [Section] = []
            for (target, name) in [
                (Section.Target.tool("t"), "t"), (.tool("u"), "u"), (.everyTool, "*"),
            ]
            where chance(70) {
                let rules = (0..<Int.random(in: 0...3, using: &random)).map {
                    rule("\(name)\($0)", group: name)
                }
                sections.append(Section(target, at: Sample.mark, rules: rules))
            }
            return Sample.policy(
                fallback: chance(30) ? .deny : .allow,
                hide: chance(10) ? [pick(["t", "u", "*"])] : [],
                sections)
        }

        mutating func call() -> PolicyCall {
            var arguments: JSONObject = [:]
            if chance(85) { arguments["x"] = value() }
            if chance(60) { arguments["y"] = value() }
            return Sample.call(pick(["t", "t", "t", "u", "v", "*"]), arguments)
        }
    }

    @Test(arguments: UInt64(0)..<20)
    func `both say the same on 5,000 calls`(seed: UInt64) throws {
        var maker = Maker(
            random: SeededGenerator(seed: seed),
            patterns: try Self.patterns.keys.sorted().map { try Pattern($0) }
        )
        var allowed = 0
        for _ in 0..<500 {
            let policy = maker.policy()
            let compiled = CompiledPolicy(policy)
            var naive = NaiveEvaluator(policy: policy)
            var counters = MemoryCounters()
            var second: Int64 = 1_768_478_400
            for _ in 0..<10 {
                second += Int64(maker.pick([0, 1, 25, 61]))
                let call = maker.call()
                let now = Instant(seconds: second)
                let verdict = compiled.decide(call, counters: .empty, at: now)
                var rule = verdict.decision == .allow ? nil : verdict.rule
                if case .refused(let index, _, _) = counters.reserve(verdict.reservations, at: now)
                {
                    rule = verdict.reservations[index].rule
                }
                let expected = naive.denial(of: call, second: second)
                if rule == nil { allowed += 1 }
                guard rule != expected else { continue }
                Issue.record(
                    "engine \(rule ?? "-"), naive \(expected ?? "-"): \(call) \(policy.sections)")
            }
        }
        #expect((500...4_500).contains(allowed))
    }
}
