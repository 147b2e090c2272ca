// Conditions as trees: what can't be evaluated is not true, whatever stands around it.

import Testing

@testable import Notation
@testable import Policies

@Suite struct ConditionTests {
    private let yes = Sample.test("x", .eq(1))
    private let no = Sample.test("x", .eq(2))
    private let unknown = Sample.test("nowhere", .eq(1))

    @Test func `three values combine as they must`() {
        let table: [(Condition, Truth)] = [
            (.all([]), .yes), (.any([]), .no), (.all([yes, unknown]), .unknown),
            (.all([no, unknown]), .no), (.any([yes, unknown]), .yes),
            (.any([no, unknown]), .unknown),
            (.not(yes), .no), (.not(no), .yes), (.not(unknown), .unknown),
            (.not(.all([yes, unknown])), .unknown), (.not(.any([no, no])), .yes),
            (.all([.any([no, yes]), .not(no)]), .yes),
        ]
        for (condition, expected) in table {
            #expect(condition.admits(["x": 1]) == (expected == .yes))
            #expect(Condition.not(condition).admits(["x": 1]) == (expected == .no))
            #expect(condition.fires(on: ["x": 1]) == (expected == .yes))
        }
    }

    @Test(arguments: [JSON("text"), nil, [1], true])
    func `negation does not make sense of the wrong type`(actual: JSON) {
        let test = Sample.test("x", .gt(5))
        #expect(!test.admits(["x": actual]))
        #expect(!Condition.not(test).admits(["x": actual]))
        #expect(!Condition.not(Sample.test("x.y", .gt(5))).admits(["x": actual]))
    }

    @Test func `on_missing speaks of denying and allowing, not of true and false`() {
        let deny = Sample.test("y", .eq(1), onMissing: .deny)
        let allow = Sample.test("y", .eq(1), onMissing: .allow)
        #expect(!deny.admits([:]))
        #expect(!Condition.not(deny).admits([:]))
        #expect(allow.admits([:]))
        #expect(Condition.not(allow).admits([:]))
        #expect(deny.fires(on: [:]))
        #expect(Condition.not(deny).fires(on: [:]))
        #expect(!allow.fires(on: [:]))
        #expect(!Condition.not(allow).fires(on: [:]))
    }

    @Test func `on_missing allows what is missing and not what is wrong`() {
        let test = Sample.test("y.z", .lt(5), onMissing: .allow)
        #expect(test.admits(["y": [:]]))
        #expect(!test.admits(["y": "text"]))
        #expect(!test.admits(["y": ["z": "text"]]))
        #expect(!test.admits(["y": ["z": nil]]))
        let deny = Sample.test("y", .lt(5), onMissing: .deny)
        #expect(deny.fires(on: ["y": "text"]))
    }

    @Test func `each must hold for all and there must be one`() {
        let test = Sample.test("xs[*]", .lt(5))
        #expect(test.admits(["xs": [1, 2]]))
        #expect(!test.admits(["xs": [1, 9]]))
        #expect(!test.admits(["xs": []]))
        #expect(!test.admits(["xs": 1]))
        #expect(!test.admits(["xs": [1, "2"]]))
        #expect(Sample.test("xs[*].n", .eq(1)).admits(["xs": [["n": 1], ["n": 1]]]))
        #expect(!Sample.test("xs[*].n", .eq(1)).admits(["xs": [["n": 1], ["m": 1]]]))
        #expect(Sample.test("xs[*][*]", .eq(1)).admits(["xs": [[1], [1, 1]]]))
        #expect(!Sample.test("xs[*][*]", .eq(1)).admits(["xs": [[1], []]]))
    }

    @Test func `some must hold for one`() {
        let test = Sample.test("xs[?]", .lt(5))
        #expect(test.admits(["xs": [9, 2]]))
        #expect(!test.admits(["xs": [9]]))
        #expect(!test.admits(["xs": []]))
        #expect(test.admits(["xs": ["2", 2]]))
        #expect(Sample.test("xs[?][*]", .eq(1)).admits(["xs": [[2], [1, 1]]]))
    }

    @Test func `an index and a length reach in`() {
        #expect(Sample.test("xs[1]", .eq(2)).admits(["xs": [1, 2]]))
        #expect(!Sample.test("xs[2]", .neq(2)).admits(["xs": [1, 2]]))
        #expect(Sample.test("xs.length", .eq(2)).admits(["xs": [1, 2]]))
        #expect(Sample.test("xs.length", .eq(2)).admits(["xs": "e\u{301}"]))
        #expect(Sample.test("xs.length", .eq(1)).admits(["xs": ["a": 1]]))
        #expect(!Sample.test("xs.length", .lt(5)).admits(["xs": 4]))
    }

    @Test func `a key of the empty name is a key like any other`() {
        #expect(Sample.test("", .eq(1)).admits(["": 1], in: .intercept))
        #expect(Sample.test("a.", .eq(1)).admits(["a": ["": 1]], in: .intercept))
    }

    @Test(arguments: [Policy.Dialect.sandboa, .json])
    func `a list beyond the budget denies, whichever way it is asked`(dialect: Policy.Dialect) {
        let many: JSONObject = ["xs": .array(Array(repeating: 1, count: VisitBudget.most + 1))]
        let fits: JSONObject = ["xs": .array(Array(repeating: 1, count: VisitBudget.most))]
        for test in [
            Sample.test("xs[*]", .eq(1)), Sample.test("xs[?]", .eq(2)),
            Sample.test("xs", .contains(2)),
        ] {
            #expect(!test.admits(many, in: dialect))
            #expect(!Condition.not(test).admits(many, in: dialect))
            #expect(test.fires(on: many, in: dialect))
        }
        #expect(Sample.test("xs[*]", .eq(1)).admits(fits, in: dialect))
        #expect(!Sample.test("xs[?]", .eq(2)).fires(on: fits, in: dialect))
    }

    @Test func `a condition that is nested too deep denies`() {
        var deep = yes
        for _ in 0..<ConditionTree.maxDepth - 1 { deep = .all([deep]) }
        #expect(deep.admits(["x": 1]))
        #expect(!Condition.all([deep]).admits(["x": 1]))
        #expect(Condition.all([deep]).fires(on: ["x": 2]))
    }

    @Test func `counters are read under the call's owner`() {
        let name = CounterName(group: "a", counter: "calls")
        let window = CounterWindow(.calendar, seconds: 60)
        let test = Condition.test(
            Condition.Test(.state(name), .lt(3), at: Sample.mark))
        let feeds = Sample.rule("feeds", limit: Sample.limit(most: 9, scope: .session))
        let policy = CompiledPolicy(
            Sample.policy([
                Sample.section(.tool("b"), feeds),
                Sample.section(.tool("a"), Sample.rule("asks", .require(test))),
            ]))
        var call = Sample.call()
        call.session = "s"
        let key = CounterKey(name, scope: .session, owner: "s", window: window)
        #expect(policy.countersRead(by: call) == [key])
        #expect(policy.countersRead(by: Sample.call("b")).isEmpty)
        for (value, expected) in [(0, Verdict.Decision.allow), (2, .allow), (3, .deny)] {
            let counters = CounterSnapshot(keys: [key], values: [Int64(value)])
            #expect(policy.decide(call, counters: counters, at: Sample.noon).decision == expected)
        }
        #expect(policy.decide(call, counters: .empty, at: Sample.noon).decision == .allow)
    }

    @Test func `a counter that nothing feeds can't be evaluated`() {
        let name = CounterName(group: "a", counter: "calls")
        let test = Condition.test(Condition.Test(.state(name), .lt(3), at: Sample.mark))
        #expect(!test.admits([:]))
        #expect(!Condition.not(test).admits([:]))
    }
}
