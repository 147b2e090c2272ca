// Past calls: under a new policy, and as the source of one.

import Foundation
import Notation
import Testing

@testable import Policies

@Suite struct PolicyHistoryTests {
    private typealias S = OfflineSamples

    private static func call(
        _ tool: String, _ arguments: JSONObject?, at second: Int64 = 0,
        _ decision: Verdict.Decision = .allow, category: Policies.Category = .execute
    ) -> PastCall {
        PastCall(
            tool: tool, arguments: arguments, at: Instant(seconds: 1_768_471_200 + second),
            decision: decision, category: category)
    }

    @Test func `calls that a new policy answers otherwise are told`() {
        let policy = CompiledPolicy(
            S.policy(
                [
                    S.section("t", [S.require("small", S.test("n", .lt(5)))]),
                    S.section("u", [S.deny("no u")]),
                    S.section("v", [S.limit("m", 2, "minute", tool: "v")]),
                ], fallback: .deny))
        let replay = PolicyReplay(
            of: [
                Self.call("t", ["n": 3]), Self.call("t", ["n": 7], at: 1),
                Self.call("t", nil, at: 2),
                Self.call("u", nil, at: 3), Self.call("x", nil, at: 4, .deny),
                Self.call("v", nil, at: 5),
                Self.call("v", [:], at: 6), Self.call("v", [:], at: 7), Self.call("v", [:], at: 70),
            ], under: policy)
        #expect(
            replay.results.map(\.outcome) == [
                .same, .changed, .open, .changed, .same, .same, .same, .changed, .same,
            ])
        #expect(replay.results[7].isRateLimited)
        #expect(!replay.missesCounts)
        #expect(replay.rows.map { $0[3] } == ["deny", "?", "deny", "deny"])
        #expect(replay.summary.contains("9 calls: 5 as before, 3 changed, 1 open"))
        #expect(replay.json["changed"] == 3)
    }

    @Test func `calls come in the order of their times`() {
        let policy = CompiledPolicy(S.policy([S.section("t", [S.limit("m", 1, "minute")])]))
        let replay = PolicyReplay(
            of: [Self.call("t", [:], at: 9), Self.call("t", [:], at: 1)], under: policy)
        #expect(
            replay.results.map(\.call.at.nanoseconds).sorted()
                == replay.results.map(\.call.at.nanoseconds))
        #expect(replay.results.map(\.outcome) == [.same, .changed])
    }

    @Test func `an open call that may have counted is told`() {
        var rule = S.limit("m", 5, "minute")
        rule.when = S.test("a", .eq(1))
        let policy = CompiledPolicy(S.policy([S.section("t", [rule])]))
        #expect(PolicyReplay(of: [Self.call("t", nil)], under: policy).missesCounts)
    }

    @Test func `a suggestion lists what was used and how often`() throws {
        let calls = (0..<12).map { index -> PastCall in
            var arguments: JSONObject = [:]
            arguments["to"] = index % 2 == 0 ? "a" : "b"
            arguments["body"] = .string("text \(index)")
            arguments["api_token"] = "s3cret"
            arguments["tags"] = ["x", index % 2 == 0 ? "y" : "x"]
            arguments["retry"] = index < 8 ? true : .null
            return Self.call("send_mail", arguments, at: Int64(index) * 10)
        }
        let suggestion = PolicySuggestion(from: calls + [Self.call("other", [:], .deny)])
        let text = try suggestion.text()
        #expect(
            text == """
                version: "1"
                dialect: sandboa
                description: Drawn from 12 past calls; read it before use
                default: deny

                tools:
                  send_mail:
                    rules:
                      - name: always given
                        require:
                          - {path: args.api_token, op: exists, value: true}
                          - {path: args.body, op: exists, value: true}
                          - {path: args.tags, op: exists, value: true}
                          - {path: args.to, op: exists, value: true}
                        on_deny: Give api_token, body, tags, to.
                      - name: known tags
                        require: {path: "args.tags[*]", op: in, value: [x, "y"]}
                      - name: known to
                        require: {path: args.to, op: in, value: [a, b]}
                      - name: at most per minute
                        rate_limit: 8/minute
                      - name: at most per hour
                        rate_limit: 15/hour

                """)
        #expect(suggestion.notes == ["1 calls that were denied stay denied"])
    }

    @Test func `what destroys asks a person`() throws {
        let text = try PolicySuggestion(from: [Self.call("t", [:], category: .destructive)]).text()
        #expect(
            text.contains("categories:\n  destructive:\n    rules:\n      - name: a person agrees"))
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func `a suggestion lets through what it was drawn from`(seed: UInt64) throws {
        var random = RandomPolicy(seed: seed)
        var second: Int64 = 0
        let calls = (0..<60).map { _ in
            second += Int64(random.pick([0, 1, 20, 400, 9_000]))
            let call = random.call()
            return Self.call(call.tool, call.arguments, at: second)
        }
        let suggestion = PolicySuggestion(from: calls)
        let policy = try PolicyLoader(file: "s.yaml", hash: "").load(
            Array(try suggestion.text().utf8))
        let replay = PolicyReplay(of: calls, under: CompiledPolicy(policy))
        #expect(replay.changed.isEmpty, "\(replay.rows)")
        #expect(PolicyDiff.compare(suggestion.policy, policy).relation == .equivalent)
        #expect(!PolicyCheck.warnings(for: policy).contains { $0.message.contains("never") })
        let unknown = PolicyCall(tool: "unheard", arguments: [:])
        let verdict = CompiledPolicy(policy).decide(
            unknown, counters: .empty, at: Instant(seconds: 0))
        #expect(verdict.rule == Verdict.defaultDenyRule)
    }
}
