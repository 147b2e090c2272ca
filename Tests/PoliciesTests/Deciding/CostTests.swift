// What a call counts, exactly.

import Testing

@testable import Notation
@testable import Policies

@Suite struct CostTests {
    private func verdict(_ path: String, _ arguments: JSONObject) -> Verdict {
        let limit = Sample.limit(most: 100, cost: .argument(Sample.path(path)))
        let rule = Sample.rule("budget", limit: limit)
        return Sample.policy([Sample.section(.tool("a"), rule)])
            .decide(Sample.call("a", arguments))
    }

    @Test(arguments: [
        (JSON(0), Int64(0)), (7, 7), (.number("0.9"), 1), (.number("1.0"), 1),
        (.number("1e2"), 100),
        (.number("1e-400"), 1), (.number("2.000000000000000000001"), 3),
        (9_223_372_036_854_775_807, .max), (.number("9223372036854775806.5"), .max),
        (.number("0.0"), 0), (.number("-0.0"), 0),
    ])
    func `a number counts, a fraction as the next integer`(value: JSON, amount: Int64) {
        #expect(verdict("n", ["n": value]).reservations.map(\.amount) == [amount])
    }

    @Test(arguments: [
        JSON(-1), .number("-0.5"), .number("9223372036854775808"), .number("1e400"), "5", nil, true,
        [1], ["a": 1], .number("9223372036854775807.5"), .number("-1e-400"),
    ])
    func `what is no amount denies`(value: JSON) {
        let verdict = verdict("n", ["n": value])
        #expect(verdict.decision == .deny)
        #expect(verdict.rule == "budget")
        #expect(verdict.finding?.operation == "cost")
        #expect(verdict.reservations.isEmpty)
    }

    @Test(arguments: [
        ("-0.5", Int64(0)), ("-1.5", -1), ("0.001", 1), ("1.5e1", 15),
        ("-9223372036854775808.5", .min),
        ("1e19", nil), ("-9223372036854775807.5", -9_223_372_036_854_775_807),
    ])
    func `a number is rounded up exactly`(text: String, expected: Int64?) {
        #expect(DecimalNumber(.number(text))?.roundedUp == expected)
    }

    @Test func `a missing amount denies`() {
        #expect(verdict("n", [:]).decision == .deny)
        #expect(verdict("n.m", ["n": 1]).decision == .deny)
        #expect(verdict("n[*]", ["n": [1]]).decision == .deny)
    }

    @Test func `a length is an amount`() {
        #expect(verdict("n.length", ["n": ["a", "b"]]).reservations.map(\.amount) == [2])
    }

    @Test func `a fixed negative amount denies`() {
        let rule = Sample.rule("refund", limit: Sample.limit(most: 5, cost: .fixed(-1)))
        let verdict = Sample.policy([Sample.section(.tool("a"), rule)]).decide(Sample.call())
        #expect(verdict.rule == "refund")
    }

    @Test func `reservations come in the order of the rules, each with its owner`() {
        let rules = CounterScope.allCases.map {
            Sample.rule($0.rawValue, limit: Sample.limit($0.rawValue, most: 5, scope: $0))
        }
        let policy = Sample.policy([Section(.tool("a"), at: Sample.mark, rules: rules)])
        var call = Sample.call()
        (call.grant, call.session, call.client) = ("g", "s", "c")
        let reservations = policy.decide(call).reservations
        #expect(reservations.map(\.rule) == ["server", "grant", "session", "client"])
        #expect(reservations.map(\.key.owner) == ["", "g", "s", "c"])
    }
}
