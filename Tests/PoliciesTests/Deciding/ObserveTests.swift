// Observed rules record what they would have done.

import Testing

@testable import Notation
@testable import Policies

@Suite struct ObserveTests {
    private func observing(_ policy: Policy) -> Policy {
        var policy = policy
        policy.mode = .observe
        return policy
    }

    @Test func `an observed rule does not deny, and those behind it still do`() {
        var watched = Sample.rule("watched", .refusal, profile: "strict")
        watched.isObserved = true
        let alone = Sample.policy(.sandboa, [Sample.section(.tool("a"), watched)])
        let verdict = alone.decide(Sample.call())
        #expect(verdict.decision == .allow)
        #expect(verdict.observed == "watched")
        #expect(verdict.profile == nil)
        let both = Sample.policy(
            .sandboa, [Sample.section(.tool("a"), watched, Sample.rule("real", .refusal))])
        #expect(both.decide(Sample.call()).rule == "real")
        #expect(both.decide(Sample.call()).observed == "watched")
    }

    @Test func `a policy that observes lets everything through and counts it`() {
        let policy = observing(
            Sample.policy(
                .sandboa,
                [
                    Sample.section(
                        .tool("a"), Sample.rule("no", .refusal),
                        Sample.rule("ask", .approval(Approval())),
                        Sample.rule("few", limit: Sample.limit(most: 0)))
                ]))
        let verdict = policy.decide(Sample.call())
        #expect(verdict.decision == .allow)
        #expect(verdict.observed == "no")
        #expect(verdict.approval == nil)
        #expect(verdict.reservations.map(\.most) == [.max])
    }

    @Test func `hiding and default deny are observed, too`() {
        let hidden = observing(Sample.policy(hide: ["a"], []))
        #expect(hidden.decide(Sample.call()).decision == .allow)
        #expect(hidden.decide(Sample.call()).observed == Verdict.hiddenRule)
        #expect(!CompiledPolicy(hidden).isHidden("a"))
        let closed = observing(Sample.policy(fallback: .deny, []))
        #expect(closed.decide(Sample.call()).observed == Verdict.defaultDenyRule)
    }
}
