// Printing: what comes out loads again and means the same.

import Foundation
import Notation
import Testing

@testable import Policies

@Suite struct PolicyPrinterTests {
    private typealias S = OfflineSamples

    private static func load(_ text: String, _ file: String = "p.yaml") throws -> Policy {
        try PolicyLoader(file: file, hash: "00").load(Array(text.utf8))
    }

    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func file(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: root.appending(path: path)))
    }

    private static func printed(
        _ policy: Policy, _ dialect: Policy.Dialect
    ) -> Result<String, InvalidPolicy> {
        do throws(InvalidPolicy) {
            return .success(try PolicyPrinter.text(of: policy, as: dialect))
        } catch {
            return .failure(error)
        }
    }

    /// Both policies answer random calls alike.
    private static func expectSame(_ one: Policy, _ other: Policy, seed: UInt64, _ text: String) {
        let (left, right) = (CompiledPolicy(one), CompiledPolicy(other))
        var random = RandomPolicy(seed: seed)
        for _ in 0..<150 {
            let call = random.call()
            let was = left.decide(call, counters: .empty, at: Instant(seconds: 0))
            let now = right.decide(call, counters: .empty, at: Instant(seconds: 0))
            #expect(was.decision == now.decision, "\(call): \(text)")
            #expect(was.profile == now.profile)
            #expect(was.limits == now.limits)
            #expect(was.approval == now.approval)
            #expect(
                was.reservations.map {
                    [$0.key.name.description, "\($0.key.window)", "\($0.amount) \($0.most)"]
                }
                    == now.reservations.map {
                        [$0.key.name.description, "\($0.key.window)", "\($0.amount) \($0.most)"]
                    })
        }
    }

    @Test(arguments: 0..<80 as Range<UInt64>)
    func `a native policy printed and loaded decides alike`(seed: UInt64) throws {
        var random = RandomPolicy(seed: seed)
        let policy = random.policy()
        let text = try PolicyPrinter.text(of: policy, as: .sandboa)
        let again = try Self.load(text)
        Self.expectSame(policy, again, seed: seed &+ 1, text)
        let diff = PolicyDiff.compare(policy, again)
        #expect(diff.relation == .equivalent, "\(diff.rows) \(diff.notes) \(text)")
        #expect(try PolicyPrinter.text(of: again, as: .sandboa) == text)
    }

    @Test(arguments: 0..<60 as Range<UInt64>, [Policy.Dialect.intercept, .json])
    func `a compatible policy printed and loaded decides alike`(
        seed: UInt64, dialect: Policy.Dialect
    ) throws {
        var random = RandomPolicy(seed: seed, dialect: dialect)
        let policy = random.policy()
        let text = try PolicyPrinter.text(of: policy, as: dialect)
        let again = try PolicyLoader(file: "p", hash: "00", dialect: dialect).load(Array(text.utf8))
        Self.expectSame(policy, again, seed: seed &+ 1, text)
        // To the other dialects: the same meaning, or a refusal that names what is lost.
        for target in Policy.Dialect.allCases where target != dialect {
            switch Self.printed(policy, target) {
            case .success(let other):
                let loader = PolicyLoader(file: "p", hash: "00", dialect: target)
                let loaded = try loader.load(Array(other.utf8))
                Self.expectSame(policy, loaded, seed: seed &+ 2, other)
            case .failure(let error):
                #expect(error.problems.allSatisfy { $0.message.contains("can't say") })
            }
        }
    }

    @Test(
        arguments: [
            "policies/default.yaml", "policies/strict.yaml", "policies/permissive.yaml",
            "policies/seeds/io-github-dave-london-pare-python.yaml",
            "policies/seeds/stuzhy-py-execute-mcp.yaml", "policies/seeds/mcp-devtools-server.json",
        ])
    func `the policies that come along keep their meaning in every dialect that can say them`(
        path: String
    ) throws {
        let policy = try PolicyLoader(file: path, hash: "00").load(try Self.file(path))
        for dialect in [policy.dialect, .sandboa] {
            let text = try PolicyPrinter.text(of: policy, as: dialect)
            let again = try PolicyLoader(file: "p", hash: "00", dialect: dialect).load(
                Array(text.utf8))
            #expect(PolicyDiff.compare(policy, again).relation == .equivalent, "\(text)")
            #expect(try PolicyPrinter.text(of: again, as: dialect) == text)
        }
    }

    @Test func `native text reads as people write it`() throws {
        let text = """
            version: "1"
            dialect: sandboa
            default: deny
            counters: {scope: session, window: sliding}

            hide: [other_tool]

            categories:
              destructive:
                rules:
                  - name: nothing destructive
                    action: deny
                    on_deny: >-
                      This call would delete or undo something, and the default policy \
            denies that. Do without
                      it, or ask the operator for a policy that allows it.

            tools:
              send_mail:
                rules:
                  - rate_limit: 60/minute
                  - name: pinned only
                    when: {path: args.upgrade, op: eq, value: true}
                    validate: {required_args: true}
                    require:
                      - {path: "args.packages[*]", op: regex, value: '^[a-z]+==[0-9.\\d]*$', \
            on_missing: deny}
                      - any:
                          - {path: args.a, op: is, value: "yes"}
                          - {not: {path: args."a.b", op: in, value: ["5", 5, 1.50, null, "no: x"]}}
                    action: require_approval
                    approval: {timeout: 1m}
                    profile: compute
                    limits: {wall: 20s, memory: 256MiB, files: 12}
                  - name: budget
                    limit: {counter: mails, max: 5, window: 1m30s, scope: grant, charge: success}
                    observe: true
              nothing: {}

            tests:
              - name: small
                tool: send_mail
                args: {size: 3}
                category: write
                expect: deny

            """
        let policy = try Self.load(text)
        let printed = try PolicyPrinter.text(of: policy, as: .sandboa)
        #expect(printed == text)
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func `every value that YAML can say reads back`(seed: UInt64) throws {
        var random = SampleGenerator(seed: seed)
        let pieces = [
            "yes", "no", "~", "null", "0x1F", "1_000", "2020-01-01", "a: b", " # c", "#", "'", "\"",
            "\\",
            "\n", "\t", " ", "-", "?", "{", "}", "[", "]", ",", "&a", "*a", "!t", "|", ">", "%",
            "@", "`",
            "é", "\u{85}", "\u{2028}", "\u{FEFF}", "😀", "\u{0}", "\u{7}", "=", "<<", "...", "---",
            "1e3", ".5",
            "x", "true", "on",
        ]
        for _ in 0..<30 {
            var text = ""
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                text += pieces.randomElement(using: &random) ?? ""
            }
            let long = text + String(repeating: " word", count: 30)
            let document: JSONObject = [
                "k": .string(text), "rules": [["a": .string(long), "n": [.string(text), 5]]],
                "o": [text: .string(text)],
            ]
            let printed = YAMLWriter.text(of: document)
            #expect(try YAML.load(printed).json() == .object(document), "\(printed)")
        }
    }

    @Test func `what a dialect can't say is listed with its places`() throws {
        var random = RandomPolicy(seed: 5)
        _ = random.call()
        let text = """
            version: "1"
            dialect: sandboa
            default: deny
            mode: observe
            tools:
              "pip-*": {profile: compute}
              t:
                rules:
                  - require: {any: [{path: args.a, op: prefix, value: x}, \
            {path: args.b.length, op: lt, value: 5}]}
                  - limit: {counter: c, max: 5, window: 90s}
            tests: [{tool: t, args: {}, expect: deny}]
            """
        let policy = try Self.load(text)
        for dialect in [Policy.Dialect.intercept, .json] {
            let error = #expect(throws: InvalidPolicy.self) {
                try PolicyPrinter.text(of: policy, as: dialect)
            }
            let messages = error?.problems.map(\.message) ?? []
            for part in [
                "only observes", "glob 'pip-*'", "'any' or 'not'", "sliding window", "a test",
            ] {
                #expect(messages.contains { $0.contains(part) }, "\(part): \(messages)")
            }
            #expect(error?.problems.contains { $0.mark.line == 10 } == true)
        }
    }

    @Test func `values that dialects compare differently are not converted`() throws {
        for value in [JSON.null, "5", "<nil>", ["a"], .number("1e6")] {
            let policy = S.policy(
                [S.section("t", [S.require("r", S.test("a", .eq(value)))])], .intercept)
            #expect(throws: InvalidPolicy.self) { try PolicyPrinter.text(of: policy, as: .sandboa) }
            _ = try PolicyPrinter.text(of: policy, as: .intercept)
        }
        let plain = S.policy(
            [S.section("t", [S.require("r", S.test("a", .isIn(["x", 5, true])))])], .intercept)
        #expect(try PolicyPrinter.text(of: plain, as: .sandboa).contains("value: [x, 5, true]"))
    }

    @Test func `comments above keys and sections stay`() throws {
        let text = """
            # About this file.
            # Two lines.

            # The version.
            version: "1"
            dialect: sandboa
            # Nothing by default.
            default:   deny

            tools:
              # Mail # is slow.
              "send_mail":
                rules: [{name: 'a # b', rate_limit: 5/hour}]
            # The end.
            """
        let policy = try Self.load(text)
        let formatted = try PolicyFormatter.text(of: policy, source: Array(text.utf8))
        #expect(
            formatted == """
                # About this file.
                # Two lines.

                # The version.
                version: "1"
                dialect: sandboa
                # Nothing by default.
                default: deny

                tools:
                  # Mail # is slow.
                  send_mail:
                    rules:
                      - name: "a # b"
                        rate_limit: 5/hour
                # The end.

                """)
        let again = try Self.load(formatted)
        #expect(try PolicyFormatter.text(of: again, source: Array(formatted.utf8)) == formatted)
    }

    @Test(
        arguments: [
            ("default: deny  # closed", 3),
            ("default: deny\ntools:\n  t:\n    # inside\n    rules: [{action: deny}]", 6),
        ])
    func `a comment that would be lost refuses the file`(rest: String, line: Int) throws {
        let text = "version: \"1\"\ndialect: sandboa\n" + rest
        let policy = try Self.load(text)
        let error = #expect(throws: InvalidPolicy.self) {
            try PolicyFormatter.text(of: policy, source: Array(text.utf8))
        }
        #expect(error?.problems.map(\.mark.line) == [line])
    }
}
