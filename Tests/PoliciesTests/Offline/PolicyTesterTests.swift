// Inline tests and coverage.

import Notation
import Foundation
import Testing

@testable import Policies

@Suite struct PolicyTesterTests {
    private typealias S = OfflineSamples

    private static func loaded(_ text: String) throws -> CompiledPolicy {
        let loader = PolicyLoader(file: "p.yaml", hash: "00")
        return CompiledPolicy(try loader.load(Array(text.utf8)))
    }

    private static let text = """
        version: "1"
        dialect: sandboa
        default: deny
        tools:
          send_mail:
            rules:
              - name: short
                require: {path: args.size, op: lte, value: 10}
              - name: budget
                limit: {counter: mails, max: 5, window: hour, cost: args.size}
        tests:
          - {name: fits, tool: send_mail, args: {size: 3}, expect: allow}
          - {name: "a \\"large\\" <one>", tool: send_mail, args: {size: 11}, \
        expect: deny, rule: short}
          - {name: beyond, tool: send_mail, args: {size: 6}, expect: deny, rule: budget}
          - {tool: unknown, args: {}, expect: allow}
          - {name: wrong rule, tool: send_mail, args: {size: 11}, expect: deny, rule: budget}
        """

    @Test func `tests say what was expected and what came`() throws {
        let report = PolicyTester(running: try Self.loaded(Self.text))
        #expect(report.results.map(\.passed) == [true, true, true, false, false])
        #expect(
            report.failures.map(\.failure) == [
                "expected allow, got deny by '(default deny)'",
                "expected deny by 'budget', got deny by 'short'",
            ])
        #expect(report.rows[3][0] == "FAIL")
        #expect(report.json["failed"] == 2)
        #expect(report.json["tests"]?.asArray?[3]["name"] == "unknown, line 15")
    }

    @Test func `JUnit text is well formed`() throws {
        let xml = PolicyTester(running: try Self.loaded(Self.text)).junit
        #expect(xml.contains(#"tests="5" failures="2""#))
        #expect(xml.contains("a &quot;large&quot; &lt;one&gt;"))
        #expect(xml.components(separatedBy: "<failure").count == 3)
    }

    @Test func `coverage tells which rules and outcomes were tried`() throws {
        let policy = try Self.loaded(Self.text)
        let calls =
            policy.policy.tests.prefix(2).map(\.call) + [PolicyCall(tool: "x", arguments: [:])]
        let coverage = PolicyCoverage(of: policy, trying: Array(calls))
        let rules = coverage.rules
        #expect(rules.map(\.reached) == [2, 1])
        #expect(rules.map(\.denied) == [1, 0])
        #expect(rules.map(\.passed) == [1, 1])
        #expect(rules[0].tests[0].sawBoth)
        #expect(coverage.unlisted == 1)
        #expect(coverage.fraction == (3, 3))
    }

    @Test func `what was never tried is named`() throws {
        let policy = try Self.loaded(Self.text)
        let coverage = PolicyCoverage(of: policy, trying: [policy.policy.tests[0].call])
        #expect(coverage.rows[0].last == "args.size lte never failed")
        let none = PolicyCoverage(of: policy, trying: [])
        #expect(none.rows[1].last == "never applied")
    }

    @Test func `tests of nested conditions stand in the order of the file`() throws {
        let nested = Condition.any([
            .all([S.test("a", .eq(1)), .not(S.test("b", .eq(2)))]), S.test("c", .eq(3)),
        ])
        let policy = CompiledPolicy(S.policy([S.section("t", [S.require("r", nested)])]))
        let coverage = PolicyCoverage(
            of: policy, trying: [PolicyCall(tool: "t", arguments: ["c": 3, "b": 2])])
        let tests = coverage.rules[0].tests
        #expect(tests.map(\.words) == ["args.a eq", "args.b eq", "args.c eq"])
        #expect(tests.map(\.held) == [0, 1, 1])
        #expect(tests.map(\.unknown) == [1, 0, 0])
    }
}
