// Weaknesses known from another engine, one test each: names, numbers and operators. Those of
// counters are in `CounterWeaknessTests`, the time of day in `ClockConditionTests`. A number before
// a test is the weakness's own in our list of them.

import Testing

@testable import Notation
@testable import Policies

@Suite struct DecidingWeaknessTests {
    // 6, 30
    @Test(arguments: ["danger ", " danger", "Danger", "danger\0", "danger\u{200B}", "d\u{430}nger"])
    func `a near-miss of a listed name is another tool`(name: String) {
        let deny = Sample.policy(
            fallback: .deny, [Sample.section(.tool("danger"), Sample.rule("fine"))])
        #expect(deny.decide(Sample.call(name)).rule == Verdict.defaultDenyRule)
    }

    // 7
    @Test func `a negative amount gives no quota back`() {
        let limit = Sample.limit(most: 10, cost: .argument(Sample.path("n")))
        let policy = Sample.policy([Sample.section(.tool("a"), Sample.rule("r", limit: limit))])
        #expect(policy.decide(Sample.call("a", ["n": -5])).decision == .deny)
    }

    // 8
    @Test(arguments: ["9223372036854775808", "1e30", "18446744073709551616"])
    func `a huge amount does not wrap`(number: String) {
        let limit = Sample.limit(most: .max, cost: .argument(Sample.path("n")))
        let policy = Sample.policy([Sample.section(.tool("a"), Sample.rule("r", limit: limit))])
        #expect(policy.decide(Sample.call("a", ["n": .number(number)])).decision == .deny)
    }

    // 10
    @Test func `fractions are not free`() {
        let limit = Sample.limit(most: 2, cost: .argument(Sample.path("n")))
        let policy = Sample.policy([Sample.section(.tool("a"), Sample.rule("r", limit: limit))])
        let verdict = policy.decide(Sample.call("a", ["n": .number("0.9")]))
        #expect(verdict.reservations.map(\.amount) == [1])
    }

    // 11
    @Test func `a limit counts wherever its rule stands`() {
        // Fed in one rule, bounded in another: here a limit is one thing and can't be torn apart.
        let policy = Sample.policy([
            Sample.section(
                .tool("a"), Sample.rule("first"), Sample.rule("r", limit: Sample.limit(most: 1)))
        ])
        #expect(policy.decide(Sample.call()).reservations.count == 1)
    }

    // 23
    @Test func `a tool with a dot in its name can be limited`() {
        var limit = Sample.limit(most: 1)
        limit.counter = CounterName(group: "db.query", counter: "per.minute")
        let policy = Sample.policy([
            Sample.section(.tool("db.query"), Sample.rule("r", limit: limit))
        ])
        let reservation = policy.decide(Sample.call("db.query")).reservations.first
        #expect(reservation?.key.name == CounterName(group: "db.query", counter: "per.minute"))
        #expect(reservation?.key.name != CounterName(group: "db", counter: "query.per.minute"))
    }

    // 26
    @Test func `values of different types are not the same in our dialect`() {
        #expect(!Sample.test("x", .same("5")).admits(["x": 5]))
        #expect(!Sample.test("x", .eq("<nil>")).admits(["x": nil]))
        #expect(!Sample.test("x", .eq(["a", "b"])).admits(["x": ["a b"]]))
        #expect(!Sample.test("x", .eq("map[a:1]")).admits(["x": ["a": 1]]))
    }

    // 27
    @Test(arguments: Policy.Dialect.allCases)
    func `integers are not doubles`(dialect: Policy.Dialect) {
        let big: JSON = 9_007_199_254_740_993
        #expect(!Sample.test("x", .lte(9_007_199_254_740_992)).admits(["x": big], in: dialect))
        #expect(!Sample.test("x", .eq(9_007_199_254_740_992)).admits(["x": big], in: dialect))
        let huge = JSON.number("100000000000000000000000000000000000001")
        let less = JSON.number("100000000000000000000000000000000000000")
        #expect(!Sample.test("x", .lte(less)).admits(["x": huge], in: dialect))
    }

    // 28
    @Test func `there is a test for lists, lengths, beginnings, paths, hosts and networks`() {
        let arguments: JSONObject = [
            "files": ["src/a.py", "src/b.py"], "url": "https://api.example/x", "ip": "10.1.2.3",
        ]
        for condition in [
            Sample.test("files[0]", .eq("src/a.py")), Sample.test("files[*]", .pathWithin("src")),
            Sample.test("files.length", .lte(2)), Sample.test("files[?]", .suffix("b.py")),
            Sample.test("url", .prefix("https://")), Sample.test("url", .hostIn(["api.example"])),
            Sample.test("files[*]", .glob("src/*.py")), Sample.test("ip", .cidr("10.0.0.0/8")),
        ] {
            #expect(condition.admits(arguments))
        }
    }

    // 30
    @Test func `text that looks alike is not equal`() {
        #expect(!Sample.test("x", .eq("\u{E9}")).admits(["x": "e\u{301}"]))
        #expect(!Sample.test("x", .hostIn(["example.com"])).admits(["x": "ex\u{430}mple.com"]))
    }

    // 28
    @Test func `an unreadable host is not waved through by a refusal that must be sure`() {
        let refusal = Sample.test("url", .hostIn(["evil.example"]), onMissing: .deny)
        #expect(refusal.fires(on: ["url": "https://x@evil.example"]))
    }
}
