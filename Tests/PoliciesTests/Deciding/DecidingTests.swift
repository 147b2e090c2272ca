// Which rules concern a call, in which order, and what becomes of their answers.

import Testing

@testable import Notation
@testable import Policies

@Suite struct DecidingTests {
    @Test(arguments: [
        (["x"], "x", true), (["x"], "y", false), (["*"], "y", true), (["*"], "*", true),
        (["x"], "x ", false), (["x"], "X", false), (["e\u{301}"], "\u{E9}", false),
        ([], "x", false),
    ])
    func `a tool is hidden by its exact name or by a star`(
        hide: [String], tool: String, isHidden: Bool
    ) {
        let policy = Sample.policy(hide: hide, [])
        #expect((policy.decide(Sample.call(tool)).decision == .hidden) == isHidden)
        #expect(CompiledPolicy(policy).isHidden(tool) == isHidden)
    }

    @Test(arguments: [
        (Section.Target.tool("a"), "a", true), (.tool("a"), "b", false), (.everyTool, "a", false),
        (.category(.execute), "a", false), (.glob("a*"), "abc", true), (.glob("a*"), "b", false),
        (.glob("*"), "a", false), (.glob("**"), "a", false), (.tool("a"), "a\0", false),
    ])
    func `under default deny only a name or a glob lists a tool`(
        target: Section.Target, tool: String, isListed: Bool
    ) {
        let policy = Sample.policy(.sandboa, fallback: .deny, [Sample.section(target)])
        let verdict = policy.decide(Sample.call(tool))
        #expect((verdict.decision == .allow) == isListed)
        if !isListed { #expect(verdict.rule == Verdict.defaultDenyRule) }
    }

    @Test(arguments: Policy.Dialect.allCases)
    func `the literal name of a star is listed by it in Intercept's dialect alone`(
        dialect: Policy.Dialect
    ) {
        let policy = Sample.policy(dialect, fallback: .deny, [Sample.section(.everyTool)])
        let expected: Verdict.Decision = dialect == .intercept ? .allow : .deny
        #expect(policy.decide(Sample.call("*")).decision == expected)
    }

    @Test func `rules come from the tool, then globs, its category, every tool`() {
        let policy = Sample.policy(
            .sandboa,
            [
                Sample.section(.everyTool, Sample.rule("every")),
                Sample.section(.category(.read), Sample.rule("other category")),
                Sample.section(.category(.execute), Sample.rule("category")),
                Sample.section(.glob("a*"), Sample.rule("short glob")),
                Sample.section(.glob("?bc"), Sample.rule("long glob")),
                Sample.section(.glob("ab*"), Sample.rule("long glob, later")),
                Sample.section(.tool("abc"), Sample.rule("tool 1"), Sample.rule("tool 2")),
                Sample.section(.tool("abc"), Sample.rule("tool 3")),
            ])
        let explanation = CompiledPolicy(policy)
            .explain(Sample.call("abc"), counters: .empty, at: Sample.noon)
        #expect(
            explanation.steps.map(\.rule) == [
                "tool 1", "tool 2", "tool 3", "long glob", "long glob, later", "short glob",
                "category", "every",
            ])
        #expect(explanation.steps.allSatisfy { $0.holds })
    }

    @Test func `the first rule that fails denies, with its text and place`() {
        let policy = Sample.policy([
            Sample.section(
                .tool("a"), Sample.rule("fine", .require(Sample.test("x", .eq(1)))),
                Sample.rule("wrong", .require(Sample.test("x", .gt(1))), refusal: "send more"),
                Sample.rule("never", .refusal))
        ])
        let verdict = policy.decide(Sample.call("a", ["x": 1]))
        #expect(verdict.decision == .deny)
        #expect(verdict.rule == "wrong")
        #expect(verdict.reason == "send more")
        #expect(verdict.mark == Sample.mark)
        #expect(verdict.policyHash == "f00d")
    }

    @Test func `a later denial beats an earlier approval, and an approval an allowance`() {
        let ask = Sample.rule("ask", .approval(Approval()))
        let deny = Sample.rule("deny", .refusal, when: Sample.test("x", .eq(1)))
        let policy = Sample.policy(.sandboa, [Sample.section(.tool("a"), ask, deny)])
        #expect(policy.decide(Sample.call("a", ["x": 1])).decision == .deny)
        let verdict = policy.decide(Sample.call("a", ["x": 2]))
        #expect(verdict.decision == .requireApproval)
        #expect(verdict.rule == "ask")
        #expect(verdict.approval?.timeoutMilliseconds == 120_000)
    }

    @Test func `of two approvals the shorter wait counts`() {
        var short = Approval()
        short.timeoutMilliseconds = 5_000
        let policy = Sample.policy(
            .sandboa,
            [
                Sample.section(
                    .tool("a"), Sample.rule("first", .approval(Approval())),
                    Sample.rule("second", .approval(short)))
            ])
        let verdict = policy.decide(Sample.call())
        #expect(verdict.rule == "first")
        #expect(verdict.approval?.timeoutMilliseconds == 5_000)
    }

    @Test func `the nearest section names the profile and limits add up`() {
        var tight = Sample.rule("every", profile: "loose")
        tight.limits = TightenedLimits()
        tight.limits?.wallMilliseconds = 1_000
        var near = Sample.rule("tool", profile: "strict")
        near.limits = TightenedLimits()
        near.limits?.wallMilliseconds = 9_000
        near.limits?.files = 4
        let policy = Sample.policy(
            .sandboa, [Sample.section(.everyTool, tight), Sample.section(.tool("a"), near)])
        let verdict = policy.decide(Sample.call())
        #expect(verdict.profile == "strict")
        #expect(verdict.limits?.wallMilliseconds == 1_000)
        #expect(verdict.limits?.files == 4)
    }

    @Test func `a rule whose guard does not hold gives no profile`() {
        let rule = Sample.rule("r", when: Sample.test("x", .eq(1)), profile: "strict")
        let policy = Sample.policy(.sandboa, [Sample.section(.tool("a"), rule)])
        #expect(policy.decide(Sample.call()).profile == nil)
        #expect(policy.decide(Sample.call("a", ["x": 1])).profile == "strict")
    }

    @Test func `required arguments must be there and not null`() {
        let rule = Sample.rule("all arguments", .requiredArguments)
        let policy = Sample.policy([Sample.section(.tool("a"), rule)])
        var call = Sample.call("a", ["x": 1, "y": nil])
        call.required = ["x"]
        #expect(policy.decide(call).decision == .allow)
        call.required = ["x", "y"]
        #expect(policy.decide(call).decision == .deny)
        call.required = ["z"]
        let verdict = policy.decide(call)
        #expect(verdict.rule == "all arguments")
        #expect(verdict.reason.contains("\"z\" is required and missing"))
        #expect(verdict.finding?.path == "args.z")
    }

    @Test func `a name beyond all bounds is denied unseen`() {
        let policy = Sample.policy([Sample.section(.glob("*x*y*z*"))])
        let name = String(repeating: "xy", count: CompiledPolicy.maxToolNameBytes)
        #expect(policy.decide(Sample.call(name)).decision == .deny)
    }

    @Test func `thousands of tools are told apart`() {
        let sections = (0..<2_000).map {
            Sample.section(.tool("tool-\($0)"), Sample.rule("rule-\($0)", .refusal))
        }
        let policy = CompiledPolicy(Sample.policy(sections))
        for number in stride(from: 0, to: 2_000, by: 7) {
            let call = Sample.call("tool-\(number)")
            #expect(
                policy.decide(call, counters: .empty, at: Sample.noon).rule == "rule-\(number)")
        }
        let other = Sample.call("tool-2000")
        #expect(policy.decide(other, counters: .empty, at: Sample.noon).decision == .allow)
    }
}
