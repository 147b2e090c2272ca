// What the check finds, and what it must not find.

import Foundation
import Notation
import Testing

@testable import Policies

@Suite struct PolicyCheckTests {
    private typealias S = OfflineSamples

    private static func messages(_ policy: Policy, _ tools: [ToolShape] = []) -> [String] {
        PolicyCheck.warnings(for: policy, tools: tools).map(\.message)
    }

    private static func regex(_ text: String) throws -> Condition.Operation {
        .regex(try Pattern(text))
    }

    @Test(arguments: 0..<7)
    func `conditions that exclude each other deny the tool`(index: Int) throws {
        let conditions: [Condition] = [
            .all([S.test("n", .lt(3)), S.test("n", .gt(4))]),
            .all([S.test("n", .eq(3)), S.test("n", .eq(4))]),
            .all([S.test("n", .isIn(["a", "b"])), S.test("n", .notIn(["a", "b", "c"]))]),
            .all([S.test("n", .type("integer")), S.test("n", try Self.regex("^a"))]),
            .all([S.test("n", try Self.regex("^a")), S.test("n", try Self.regex("^b"))]),
            .all([S.test("n", .exists(false)), S.test("n", .gt(1))]),
            .all([S.test("n", .gt(3)), S.test("n", .lt(4)), S.test("n", .type("integer"))]),
        ]
        let policy = S.policy([S.section("t", [S.require("r", conditions[index])])])
        #expect(Self.messages(policy).contains { $0.contains("it denies every call") })
    }

    @Test func `rules of a tool that exclude each other are found together`() {
        let policy = S.policy([
            S.section(
                "t", [S.require("a", S.test("n", .eq(1))), S.require("b", S.test("n", .eq(2)))])
        ])
        #expect(Self.messages(policy).contains { $0.contains("exclude each other: every call") })
    }

    @Test func `a rule that every call satisfies is told`() {
        let always = Condition.any([
            S.test("n", .exists(true)), S.test("n", .exists(false)),
        ])
        let policy = S.policy([S.section("t", [S.require("r", always)])])
        #expect(Self.messages(policy).contains { $0.contains("never denies") })
    }

    @Test func `what is sound stays unmentioned`() throws {
        let policy = S.policy(
            [
                S.section(
                    "t",
                    [
                        S.require("pinned", S.test("p[*]", try Self.regex("^[a-z]+==[0-9.]+$"))),
                        S.denyIf("up", S.test("u", .eq(true), onMissing: .allow)),
                        S.limit("m", 10, "minute"), S.limit("h", 100, "hour"),
                    ]), S.section("*", [S.require("any", S.test("w", .lte(3), onMissing: .allow))]),
            ], fallback: .deny)
        #expect(Self.messages(policy) == [])
    }

    @Test func `rules behind an unconditional deny are dead`() {
        let policy = S.policy([
            S.section("t", [S.deny("no"), S.limit("m", 1, "minute"), S.deny("again")])
        ])
        let messages = Self.messages(policy)
        #expect(messages.count { $0.contains("never reached") } == 2)
    }

    @Test func `rules for every tool are dead when none is listed`() {
        let policy = S.policy(
            [S.section("*", [S.limit("m", 1, "minute", tool: "_global")])], fallback: .deny)
        #expect(Self.messages(policy).contains { $0.contains("never asked") })
        let denied = S.policy(
            [S.section("t", [S.deny("no")]), S.section("*", [S.limit("m", 1, "minute")])],
            fallback: .deny)
        #expect(Self.messages(denied).contains { $0.contains("never asked") })
    }

    @Test func `rules of a hidden tool are dead`() {
        let policy = S.policy([S.section("t", [S.limit("m", 1, "minute")])], hidden: ["t"])
        #expect(Self.messages(policy).contains { $0.contains("hides the tool") })
    }

    @Test(
        arguments: [
            (5, "minute", 10_000, "hour", true), (5, "minute", 300, "hour", true),
            (5, "minute", 299, "hour", false), (5, "minute", 3, "hour", true),
            (60, "minute", 30, "hour", true), (10, "minute", 1, "day", true),
        ] as [(Int64, String, Int64, String, Bool)])
    func `a limit that another makes idle is told`(
        most: Int64, window: String, other: Int64, otherWindow: String, isIdle: Bool
    ) {
        let policy = S.policy([
            S.section("t", [S.limit("a", most, window), S.limit("b", other, otherWindow)])
        ])
        #expect(Self.messages(policy).contains { $0.contains("never binds") } == isIdle)
    }

    @Test func `idle limits count windows as they lie`() {
        func order(_ most: Int64, _ window: String, _ kind: CounterWindow.Kind) -> LimitOrder? {
            S.limit("x", most, window, kind).limit.map { LimitOrder($0) }
        }
        func implies(_ left: LimitOrder?, _ right: LimitOrder?) -> Bool {
            guard let left, let right else { return false }
            return left.implies(right)
        }
        // A sliding hour touches 61 calendar minutes.
        #expect(!implies(order(5, "minute", .calendar), order(300, "hour", .sliding)))
        #expect(implies(order(5, "minute", .calendar), order(305, "hour", .sliding)))
        #expect(implies(order(5, "minute", .sliding), order(300, "hour", .sliding)))
        // A calendar hour lets twice its number through around its end.
        #expect(!implies(order(5, "hour", .calendar), order(5, "minute", .sliding)))
        #expect(implies(order(5, "hour", .calendar), order(10, "minute", .sliding)))
        #expect(implies(order(5, "hour", .sliding), order(5, "minute", .calendar)))
    }

    @Test func `a counter that nothing feeds is told, with the nearest name`() {
        let state = Condition.test(
            Condition.Test(.state(CounterName(group: "t", counter: "runs")), .lt(3), at: S.mark()))
        var reader = S.require("r", state)
        reader.name = "reader"
        let policy = S.policy([
            S.section("t", [reader, S.limit("m", 5, "minute", counter: "run")])
        ])
        let found = PolicyCheck.warnings(for: policy)
        #expect(found.contains { $0.fix == "did you mean t.run?" })
    }

    // 29
    @Test func `patterns that are not anchored are told where they must match`() throws {
        let open = S.test("c", try Self.regex("ls|pwd"))
        let policy = S.policy([S.section("t", [S.require("r", open), S.denyIf("d", open)])])
        let found = PolicyCheck.warnings(for: policy)
        #expect(found.count { $0.message.contains("not anchored") } == 1)
        #expect(found.contains { $0.fix == "write ^(?:ls|pwd)$" })
    }

    @Test func `a denial that a missing argument escapes is told`() {
        let rule = S.denyIf("d", S.test("c", .neq("ls")))
        let policy = S.policy([S.section("t", [rule])])
        #expect(
            Self.messages(policy).contains { $0.contains("does not deny a call without args.c") })
        let shape = ToolShape(name: "t", argumentTypes: ["c": "string"], required: ["c"])
        #expect(Self.messages(policy, [shape]) == [])
        let strict = S.policy([
            S.section("t", [S.denyIf("d", S.test("c", .neq("ls"), onMissing: .deny))])
        ])
        #expect(Self.messages(strict) == [])
    }

    // 24
    @Test func `names are compared with the catalogue`() {
        let tools = [
            ToolShape(name: "send_mail", argumentTypes: ["subject": "string", "size": "integer"])
        ]
        let policy = S.policy(
            [
                S.section("send_mail", [S.require("r", S.test("subjekt", .eq("x")))]),
                S.section("sendmail", [S.limit("m", 1, "minute")]),
            ], hidden: ["send_mial"])
        let fixes = PolicyCheck.warnings(for: policy, tools: tools).compactMap(\.fix)
        #expect(fixes.contains("did you mean 'subject'?"))
        #expect(fixes.count { $0 == "did you mean 'send_mail'?" } == 2)
    }

    @Test func `a test of the wrong type is found by the schema`() {
        let tools = [ToolShape(name: "t", argumentTypes: ["n": "integer"], required: ["n"])]
        let policy = S.policy([S.section("t", [S.require("r", S.test("n", .prefix("a")))])])
        #expect(Self.messages(policy, tools).contains { $0.contains("denies every call") })
        #expect(Self.messages(policy) == [])
    }

    @Test func `limits that cost nothing or too much are told`() {
        var free = S.limit("a", 5, "minute")
        free.limit?.cost = .fixed(0)
        var dear = S.limit("b", 5, "minute")
        dear.limit?.cost = .fixed(6)
        let messages = Self.messages(S.policy([S.section("t", [free]), S.section("u", [dear])]))
        #expect(messages.contains { $0.contains("counts 0 a call") })
        #expect(messages.contains { $0.contains("refuses every call") })
    }

    @Test(arguments: ["default", "strict", "permissive"])
    func `the policies that come along give no reason to warn`(name: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: root.appending(path: "policies/\(name).yaml"))
        let policy = try PolicyLoader(file: "\(name).yaml", hash: "").load(Array(data))
        let found = PolicyCheck.warnings(for: policy).map(\.description)
        #expect(found == [])
    }

    @Test func `many values in a list are looked at, too`() {
        let names = (0..<400).map { JSON.string("name-\($0)") }
        let policy = S.policy([
            S.section(
                "t",
                [
                    S.require("a", S.test("n", .isIn(names))),
                    S.require("b", S.test("n", .notIn(names))),
                ])
        ])
        #expect(Self.messages(policy).contains { $0.contains("exclude each other: every call") })
    }
}
