// The values and calls that stand for all others.

import Notation
import Testing

@testable import Policies

@Suite struct CallSpaceTests {
    private static func space(_ rules: [Rule], shape: ToolShape? = nil) -> CallSpace {
        CallSpace(of: rules.map { ($0, .sandboa) }, shape: shape, categories: [.execute])
    }

    /// What a rule says of every point, as a set of words.
    private static func outcomes(_ rule: Rule, _ dialect: Policy.Dialect = .sandboa) -> Set<String>
    {
        var policy = OfflineSamples.policy([OfflineSamples.section("t", [rule])])
        policy.dialect = dialect
        let compiled = CompiledPolicy(policy)
        let space = CallSpace(of: [(rule, dialect)], shape: nil, categories: [.execute])
        return Set(
            space.points.map { point in
                let call = PolicyCall(tool: "t", arguments: point.arguments)
                return compiled.decide(call, counters: .empty, at: Instant(seconds: 0)).decision
                    .rawValue
            })
    }

    @Test(
        arguments: [
            Condition.Operation.eq(5), .eq("5"), .neq("x"), .lt(5), .gte(2.5), .isIn(["a", "b"]),
            .notIn([1, 2]), .contains("x"), .contains(7), .exists(true), .exists(false),
            .same(["a"]), .same(1.50), .prefix("ab"), .suffix("z"), .glob("a*?c"), .type("integer"),
            .type("array"), .pathWithin("/srv/data"), .hostIn([".example.com"]),
            .cidr("10.0.0.0/8"),
        ])
    func `each operator is met and not met`(operation: Condition.Operation) {
        let rule = OfflineSamples.require("r", OfflineSamples.test("a", operation))
        #expect(Self.outcomes(rule) == ["allow", "deny"])
        let isExhaustive = Self.space([rule]).isExhaustive
        #expect(isExhaustive)
    }

    @Test(arguments: ["a[*]", "a[?]", "a[1]", "a.b", "a.b[*].c", "a.length", "a[?].length"])
    func `each kind of path is met and not met`(path: String) {
        let rule = OfflineSamples.require("r", OfflineSamples.test(path, .gt(3)))
        #expect(Self.outcomes(rule) == ["allow", "deny"])
        let isExhaustive = Self.space([rule]).isExhaustive
        #expect(isExhaustive)
    }

    @Test func `bounds beyond doubles are told apart`() throws {
        let big = JSON.integer(9_007_199_254_740_993)
        let rule = OfflineSamples.require(
            "r",
            .all([
                OfflineSamples.test("a", .gt(9_007_199_254_740_992)),
                OfflineSamples.test("a", .lte(big)),
            ]))
        #expect(Self.outcomes(rule) == ["allow", "deny"])
    }

    @Test func `a space too large is a sample and says so`() {
        let names = (0..<9).map { "a\($0)" }
        let rule = OfflineSamples.require(
            "r", .all(names.map { OfflineSamples.test($0, .isIn(["x", "y", "z", "1", "2"])) }))
        let space = Self.space([rule])
        let (isExhaustive, count) = (space.isExhaustive, space.points.count)
        #expect(!isExhaustive)
        #expect(count == CallSpace.maxCalls)
    }

    @Test func `a schema keeps out what never gets to the policy`() {
        let rule = OfflineSamples.require("r", OfflineSamples.test("n", .gt(3)))
        let shape = ToolShape(name: "t", argumentTypes: ["n": "integer"], required: ["n"])
        let values = Self.space([rule], shape: shape).points.map { $0.arguments["n"] }
        #expect(values.allSatisfy { $0?.asInteger != nil })
        #expect(values.count == 2)
    }

    @Test func `decimals between bounds are exact`() {
        let cells = NumberCells(around: [0.1, .number("0.2"), .integer(.max)])
        #expect(cells.isExhaustive)
        let decimals = cells.values.compactMap { DecimalNumber($0) }
        #expect(
            decimals.contains { $0 > DecimalNumber(0.1) ?? $0 && $0 < DecimalNumber(0.2) ?? $0 })
        #expect(decimals.contains { $0 > DecimalNumber(.integer(.max)) ?? $0 })
        #expect(!NumberCells(around: [.number("1e400")]).isExhaustive)
    }

    @Test func `a pattern and a bound on the length are told apart together`() throws {
        let pattern = try Pattern("^(ls|git (status|log))( [a-z./-]+)*$")
        let rule = OfflineSamples.require(
            "r",
            .all([
                OfflineSamples.test("c", .regex(pattern)),
                OfflineSamples.test("c.length", .lte(200)),
            ]))
        let space = Self.space([rule])
        let isExhaustive = space.isExhaustive
        #expect(isExhaustive)
        let texts = space.points.compactMap { $0.arguments["c"]?.asString }
        let mixtures = Set(texts.map { [pattern.occurs(in: $0), $0.count <= 200] })
        #expect(mixtures.count == 4)
    }

    @Test(arguments: 0..<60 as Range<UInt64>, Policy.Dialect.allCases)
    func `random calls show nothing of a rule that its space does not`(
        seed: UInt64, dialect: Policy.Dialect
    ) {
        var random = RandomPolicy(seed: seed, dialect: dialect)
        for _ in 0..<5 {
            let rule = random.rule("t")
            let effect = RuleEffect(of: rule, in: dialect, shape: nil)
            guard effect.isCertain else { continue }
            let compiled = CompiledPolicy(
                OfflineSamples.policy([OfflineSamples.section("t", [rule])], dialect))
            for _ in 0..<80 {
                var call = random.call()
                call.tool = "t"
                call.required = []
                switch compiled.judge(
                    compiled.rules[0], call, Circumstances(at: Instant(seconds: 0)))
                {
                case .skipped: #expect(effect.skips, "\(rule) \(call.arguments)")
                case .passed, .asks: #expect(effect.passes, "\(rule) \(call.arguments)")
                case .denied: #expect(effect.fails, "\(rule) \(call.arguments)")
                }
            }
        }
    }
}
