// Comparing policies: what is said of all calls holds for random ones, and witnesses witness.

import Notation
import Testing

@testable import Policies

@Suite struct PolicyDiffTests {
    private typealias S = OfflineSamples

    private static func diff(
        _ before: [Rule], _ after: [Rule], tools: [ToolShape] = []
    ) -> PolicyDiff {
        PolicyDiff.compare(
            S.policy([S.section("t", before)]), S.policy([S.section("t", after)]), tools: tools)
    }

    private static func regex(_ text: String) throws -> Condition.Operation {
        .regex(try Pattern(text))
    }

    @Test func `the same policy is equivalent to itself, whatever its order and names`() {
        let one = S.policy([
            S.section("t", [S.deny("x")]), S.section("u", [S.limit("m", 5, "hour")]),
        ])
        let other = S.policy([
            S.section("u", [S.limit("m", 5, "hour", line: 30)]),
            S.section("t", [S.deny("y", line: 9)]),
        ])
        let diff = PolicyDiff.compare(one, other)
        #expect(diff.relation == .equivalent)
        #expect(diff.isExhaustive)
    }

    @Test(
        arguments: [
            (.lte(10), .lt(11), .looser), (.lte(10), .lte(9), .stricter),
            (.eq(1), .isIn([1]), .equivalent),
            (.isIn([1, 2]), .isIn([2, 3]), .different), (.prefix("ab"), .prefix("a"), .looser),
            (.exists(true), .neq("x"), .different), (.glob("a*"), .prefix("a"), .equivalent),
            (.type("integer"), .type("number"), .looser), (.same(1), .eq(1), .looser),
            (.pathWithin("/srv"), .pathWithin("/srv/x"), .stricter),
        ] as [(Condition.Operation, Condition.Operation, PolicyDiff.Relation)])
    func `conditions are compared by what they let through`(
        old: Condition.Operation, new: Condition.Operation, relation: PolicyDiff.Relation
    ) {
        let diff = Self.diff([S.require("r", S.test("a", old))], [S.require("r", S.test("a", new))])
        #expect(diff.relation == relation, "\(diff.rows)")
    }

    @Test(
        arguments: [
            ("^(?:ab|ac)$", "^a[bc]$", .equivalent), ("^[a-z]+$", "^[a-z0-9]+$", .looser),
            ("^[a-z]{1,3}$", "^[a-z]{1,2}$", .stricter), ("^a.*b$", "^a[^\\n]*b$", .equivalent),
            ("^a.*b$", "(?s)^a.*b$", .looser), ("[;&|]", "[;&|`]", .looser),
        ] as [(String, String, PolicyDiff.Relation)])
    func `patterns are compared exactly`(
        old: String, new: String, relation: PolicyDiff.Relation
    ) throws {
        let diff = Self.diff(
            [S.require("r", S.test("a", try Self.regex(old)))],
            [S.require("r", S.test("a", try Self.regex(new)))])
        #expect(diff.relation == relation, "\(diff.rows)")
        #expect(diff.isExhaustive)
    }

    @Test func `what can't be told for sure is not said to be`() throws {
        let diff = Self.diff(
            [S.require("r", S.test("a", try Self.regex("\\brm\\b")))],
            [S.require("r", S.test("a", try Self.regex("(?:\\b)rm\\b")))])
        #expect(diff.relation == .equivalent)
        #expect(!diff.isExhaustive)
        #expect(diff.summary.contains("as far as"))
    }

    @Test(
        arguments: [
            (10, "minute", 11, "minute", .looser), (10, "minute", 10, "hour", .stricter),
            (10, "hour", 10, "minute", .looser), (10, "minute", 600, "hour", .looser),
            (60, "minute", 30, "hour", .stricter), (10, "minute", 5, "hour", .stricter),
        ] as [(Int64, String, Int64, String, PolicyDiff.Relation)])
    func `limits are compared and replayed`(
        old: Int64, oldWindow: String, new: Int64, newWindow: String, relation: PolicyDiff.Relation
    ) {
        let diff = Self.diff([S.limit("m", old, oldWindow)], [S.limit("m", new, newWindow)])
        #expect(diff.relation == relation, "\(diff.rows) \(diff.notes)")
        #expect(diff.isExhaustive)
        #expect(diff.witnesses.allSatisfy { $0.repeated > 1 })
    }

    @Test func `neither of two limits may be stricter`() {
        let diff = Self.diff([S.limit("m", 5, "minute")], [S.limit("m", 100, "day")])
        #expect(diff.relation == .different, "\(diff.rows) \(diff.notes)")
        #expect(diff.isExhaustive)
        #expect(Set(diff.witnesses.map(\.change)) == [.stricter, .looser])
    }

    @Test func `sliding windows are stricter than calendar ones`() {
        let diff = Self.diff([S.limit("m", 5, "hour")], [S.limit("m", 5, "hour", .sliding)])
        #expect(diff.relation == .stricter, "\(diff.rows) \(diff.notes)")
        #expect(diff.isExhaustive)
        #expect(diff.witnesses.first?.pace.isEmpty == false)
    }

    @Test func `a limit for each session is looser than one for all`() {
        let diff = Self.diff([S.limit("m", 5, "hour")], [S.limit("m", 5, "hour", scope: .session)])
        #expect(diff.relation == .looser)
        #expect(diff.witnesses.first?.pace.contains("session") == true)
    }

    @Test func `one counter for two tools is stricter than two`() {
        func policy(_ other: String) -> Policy {
            S.policy([
                S.section("t", [S.limit("m", 5, "hour", counter: "c", tool: "t")]),
                S.section("u", [S.limit("m", 5, "hour", counter: "c", tool: other)]),
            ])
        }
        let diff = PolicyDiff.compare(policy("t"), policy("u"))
        #expect(diff.relation == .looser, "\(diff.rows) \(diff.notes)")
        #expect(diff.witnesses.first?.pace.contains("in turn") == true)
    }

    @Test func `hiding, profiles and limits of profiles count`() {
        let open = S.policy([S.section("t", [S.limit("m", 5, "hour")])])
        var hidden = open
        hidden.hidden = [Policy.Hidden(tool: "t", mark: S.mark())]
        let hiding = PolicyDiff.compare(open, hidden)
        #expect(hiding.relation == .stricter)
        #expect(hiding.notes == ["'t' is hidden now"])

        var profiled = Rule(name: "p", at: S.mark())
        profiled.profile = "compute"
        #expect(Self.diff([], [profiled]).relation == .different)
        var tight = Rule(name: "p", at: S.mark())
        tight.limits = TightenedLimits()
        tight.limits?.memoryBytes = 1 << 20
        #expect(Self.diff([], [tight]).relation == .stricter)
    }

    @Test func `a denial without its argument shows in the witness`() {
        let diff = Self.diff(
            [S.denyIf("d", S.test("a", .neq("x"), onMissing: .deny))],
            [S.denyIf("d", S.test("a", .neq("x")))])
        #expect(diff.relation == .looser)
        #expect(diff.witnesses.first?.arguments.isEmpty == true)
    }

    @Test func `required arguments, categories and globs count`() {
        var required = Rule(name: "v", at: S.mark(), demand: .requiredArguments)
        required.refusal = "all of them"
        #expect(Self.diff([required], []).relation == .looser)
        let write = Section(.category(.write), at: S.mark(), rules: [S.deny("w")])
        #expect(PolicyDiff.compare(S.policy([]), S.policy([write])).relation == .stricter)
        let glob = Section(.glob("rm-*"), at: S.mark(), rules: [S.deny("w")])
        let diff = PolicyDiff.compare(S.policy([]), S.policy([glob]))
        #expect(diff.relation == .stricter)
        #expect(diff.witnesses.first?.tool == "rm-y" || diff.witnesses.first?.tool == "rm-")
    }

    @Test func `dialects read equality differently, and it shows`() {
        let rule = S.require("r", S.test("a", .eq("<nil>")))
        let native = S.policy([S.section("t", [rule])])
        let intercept = S.policy([S.section("t", [rule])], .intercept)
        let diff = PolicyDiff.compare(native, intercept)
        #expect(diff.relation == .looser)
        #expect(diff.witnesses.first?.arguments == ["a": nil])
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `what is said of all calls holds for random ones`(seed: UInt64) {
        var random = RandomPolicy(seed: seed)
        let before = random.policy()
        let after = random.mutated(before)
        let diff = PolicyDiff.compare(before, after)
        let (old, new) = (CompiledPolicy(before), CompiledPolicy(after))
        for _ in 0..<400 {
            let call = random.call()
            let was = old.decide(call, counters: .empty, at: Instant(seconds: 0)).decision.freedom
            let now = new.decide(call, counters: .empty, at: Instant(seconds: 0)).decision.freedom
            guard was != now, diff.isExhaustive else { continue }
            let expected: PolicyDiff.Relation = now < was ? .stricter : .looser
            #expect(
                diff.relation == expected || diff.relation == .different,
                "\(call.tool) \(call.arguments): \(before.sections) \(after.sections)"
            )
        }
    }

    @Test func `most comparisons of small policies are exhaustive`() {
        let count = (0..<24 as Range<UInt64>).count { seed in
            var random = RandomPolicy(seed: seed)
            let before = random.policy()
            return PolicyDiff.compare(before, random.mutated(before)).isExhaustive
        }
        #expect(count >= 10)
    }
}
