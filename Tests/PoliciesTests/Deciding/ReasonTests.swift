// What callers are told and what operators find in the log.

import Testing

@testable import Notation
@testable import Policies

@Suite struct ReasonTests {
    private func denied(_ condition: Condition, _ arguments: JSONObject) -> Verdict {
        let rule = Sample.rule("r", .require(condition))
        return Sample.policy(.sandboa, [Sample.section(.tool("a"), rule)])
            .decide(Sample.call("a", arguments))
    }

    @Test func `a reason names the rule, the argument and what it must be`() throws {
        let pinned = Sample.test("packages[*]", .regex(try Pattern("^[a-z]+==")))
        #expect(
            denied(pinned, ["packages": ["ok==1", "bad"]]).reason
                == "rule 'r' denies this call: args.packages[*] must match the pattern ^[a-z]+==")
        #expect(
            denied(Sample.test("n", .lte(5)), [:]).reason
                == "rule 'r' denies this call: args.n must be at most 5; it is missing")
        #expect(
            denied(.not(Sample.test("n", .isIn([1, "x"]))), ["n": 1]).reason
                == #"rule 'r' denies this call: args.n must not be one of [1,"x"]"#)
        #expect(
            denied(.any([Sample.test("n", .eq(1)), Sample.test("n", .eq(2))]), ["n": 3]).reason
                == "rule 'r' denies this call: args.n must be 1, "
                + "or another condition of the rule be met")
    }

    @Test func `a guarded refusal says what must not be`() {
        let rule = Sample.rule("r", .refusal, when: Sample.test("force", .eq(true)))
        let verdict = Sample.policy([Sample.section(.tool("a"), rule)])
            .decide(Sample.call("a", ["force": true]))
        #expect(verdict.reason == "rule 'r' denies this call: args.force must not be true")
        #expect(verdict.finding?.operation == "not eq")
    }

    @Test func `a refusal of every call says so`() {
        let verdict = Sample.policy([Sample.section(.tool("a"), Sample.rule("r", .refusal))])
            .decide(Sample.call())
        #expect(verdict.reason == "rule 'r' denies every call of this tool; use another tool")
        #expect(verdict.finding == nil)
    }

    static let shown: [(String, JSON, String)] = [
        ("n", "flask", #"text "flask""#), ("n", "a\0\"", #"text "a\u0000\"""#),
        ("n", 7, "number 7"),
        ("n", .number("1.5e3"), "number 1.5e3"), ("n", true, "boolean true"), ("n", nil, "null"),
        ("n", [1, 2], "list of 2"), ("n", ["a": 1], "object of 1"),
        ("n", .string(String(repeating: "x", count: 61)), "text of 61 characters"),
        (
            "n", .string(String(repeating: "\u{E9}", count: 60)),
            "text \""
                + String(repeating: "\u{E9}", count: 60) + "\""
        ),
        ("n", .number("0." + String(repeating: "1", count: 70)), "number of 72 digits"),
        ("password", "hunter2", "text"), ("db.apiKey", "k", "text"), ("API-KEY", 1, "number"),
        ("auth.Authorization", "Bearer x", "text"), ("access_token", ["a"], "list"),
    ]

    @Test(arguments: shown)
    func `a finding shows type and short value, of secrets the type`(
        path: String, value: JSON, expected: String
    ) {
        var object = value
        for key in path.split(separator: ".").reversed() { object = [String(key): object] }
        let verdict = denied(Sample.test(path, .same("wanted")), object.asObject ?? [:])
        #expect(verdict.finding?.actual == expected)
        #expect(verdict.finding?.wanted == #""wanted""#)
        #expect(verdict.finding?.mark == Sample.mark)
        #expect(!verdict.reason.contains("hunter2"))
    }

    @Test func `the finding is the first element that fails`() {
        let verdict = denied(Sample.test("xs[*]", .lt(5)), ["xs": [1, 7, 9]])
        #expect(verdict.finding?.actual == "number 7")
        #expect(denied(Sample.test("xs[*]", .lt(5)), ["xs": []]).finding?.actual == "missing")
    }

    @Test func `a name from the call is cut and quoted`() {
        let name = "x\n" + String(repeating: "y", count: 200)
        let reason = Sample.policy(fallback: .deny, []).decide(Sample.call(name)).reason
        #expect(reason.contains(#""x\nyyy"#))
        #expect(reason.utf8.count < 200)
    }

    @Test func `arguments too large to check say so`() {
        let many = JSON.array(Array(repeating: 1, count: VisitBudget.most + 1))
        let verdict = denied(Sample.test("xs[*]", .eq(1)), ["xs": many])
        #expect(verdict.reason == "rule 'r' can't check arguments as large as these; send less")
    }

    @Test func `an explanation goes through every rule`() {
        let policy = Sample.policy(
            .sandboa,
            [
                Sample.section(
                    .tool("a"),
                    Sample.rule("guarded", .refusal, when: Sample.test("x", .eq(9))),
                    Sample.rule("limited", limit: Sample.limit(most: 3)),
                    Sample.rule("fails", .require(Sample.test("x", .eq(2)))),
                    Sample.rule("asks", .approval(Approval())),
                    Sample.rule("after", .refusal))
            ])
        let explanation = CompiledPolicy(policy)
            .explain(Sample.call("a", ["x": 1]), counters: .empty, at: Sample.noon)
        #expect(
            explanation.steps.map(\.outcome) == [.skipped, .passed, .denied, .asks, .denied])
        #expect(explanation.steps[0].finding?.wanted == "9")
        #expect(explanation.steps[1].reservation?.most == 3)
        #expect(explanation.steps[2].finding?.actual == "number 1")
        #expect(explanation.verdict.rule == "fails")
    }
}
