// Another name for a tool is no way around its rules.

import Testing

@testable import Notation
@testable import Policies

@Suite struct AliasTests {
    private func decide(_ policy: Policy, _ arguments: JSONObject = [:]) -> Verdict {
        policy.decide(PolicyCall(tool: "alias", handler: "real", arguments: arguments))
    }

    @Test(arguments: [
        Section.Target.tool("real"), .glob("r*"), .tool("alias"), .glob("al*"), .everyTool,
    ])
    func `rules of either name deny`(target: Section.Target) {
        let policy = Sample.policy(.sandboa, [Sample.section(target, Sample.rule("no", .refusal))])
        #expect(decide(policy).rule == "no")
    }

    @Test func `the handler's approval is asked for`() {
        let rule = Sample.rule("ask", .approval(Approval()))
        let policy = Sample.policy(.sandboa, [Sample.section(.tool("real"), rule)])
        #expect(decide(policy).decision == .requireApproval)
    }

    @Test func `the handler's limits count, once each`() {
        let policy = Sample.policy(
            .sandboa,
            [
                Sample.section(
                    .tool("real"), Sample.rule("1", limit: Sample.limit("one", most: 5))),
                Sample.section(.glob("*a*"), Sample.rule("2", limit: Sample.limit("two", most: 5))),
                Sample.section(.everyTool, Sample.rule("3", limit: Sample.limit("three", most: 5))),
            ])
        #expect(decide(policy).reservations.map(\.rule) == ["2", "1", "3"])
    }

    @Test func `a hidden handler hides its other names`() {
        let policy = Sample.policy(hide: ["real"], [])
        #expect(decide(policy).decision == .hidden)
        #expect(CompiledPolicy(policy).isHidden("alias", handler: "real"))
        #expect(!CompiledPolicy(policy).isHidden("alias"))
    }

    @Test func `a listed handler does not list its other names`() {
        let policy = Sample.policy(fallback: .deny, [Sample.section(.tool("real"))])
        #expect(decide(policy).rule == Verdict.defaultDenyRule)
    }

    @Test func `a tool that is its own handler has its rules once`() {
        let rule = Sample.rule("1", limit: Sample.limit(most: 5))
        let policy = Sample.policy([Sample.section(.tool("a"), rule)])
        let call = PolicyCall(tool: "a", handler: "a", arguments: [:])
        #expect(policy.decide(call).reservations.count == 1)
    }
}
