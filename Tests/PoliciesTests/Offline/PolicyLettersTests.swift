// What the check says of names that are not what they look like.

import Notation
import Testing

@testable import Policies

@Suite struct PolicyLettersTests {
    private static func warnings(_ text: String) throws -> [PolicyProblem] {
        PolicyCheck.warnings(for: try Loading.policy(text)).filter {
            $0.message.contains("U+")
        }
    }

    private static let head = "version: '1'\ndialect: sandboa\ndefault: allow\n"

    // 30: names are compared by their bytes, and whoever writes a policy is told what he can't see.
    @Test func `a name with a look-alike is warned of, with its place, character and fix`() throws {
        let text = Self.head + "hide: [d\u{430}nger]\ntools:\n  ru\u{200B}n: {rules: []}\n"
        let found = try Self.warnings(text)
        #expect(found.map(\.mark.line) == [4, 6])
        #expect(found.map(\.mark.column) == [8, 3])
        #expect(found.map(\.key) == ["hide", "tools.ru\u{200B}n"])
        #expect(
            found[0].message
                == #"'d\u{430}nger': character 2 is U+0430 CYRILLIC SMALL LETTER A, "#
                + "which looks like 'a'")
        #expect(found[1].message.contains("character 3 is U+200B ZERO WIDTH SPACE"))
        #expect(found[0].fix == "write 'danger', if that is meant")
    }

    // 30
    @Test(
        arguments: [
            "{require: {path: args.p\u{430}th, op: eq, value: 1}}",
            "{deny_if: {path: 'args.a.x\u{301}', op: eq, value: 1}}",
            "{when: {path: 'args.\"\u{202E}b\"', op: eq, value: 1}, action: deny}",
            "{limit: {counter: c\u{430}lls, max: 5, window: day}}",
            "{limit: {counter: c, max: 5, window: day, cost: args.\u{FF4E}}}",
            "{name: \"no\\u200Bthing\", action: deny}", "{name: \"x\\u202Ey\", action: deny}",
        ])
    func `keys of arguments, counters and names of rules are looked at`(rule: String) throws {
        let text = Self.head + "tools:\n  t:\n    rules:\n      - \(rule)\n"
        let found = try Self.warnings(text)
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.mark.line == 7)
        #expect(found.first?.key == "tools.t.rules[0]")
    }

    // 30
    @Test(arguments: [Policy.Dialect.intercept, .json])
    func `the published dialects are looked at as well`(dialect: Policy.Dialect) throws {
        let text = #"{"version": "1", "default": "deny", "tools": {"d\u0430nger": {}}}"#
        let found = PolicyCheck.warnings(for: try Loading.policy(text, dialect))
        #expect(found.contains { $0.message.contains("U+0430") })
    }

    // 30
    @Test func `a name between quotes is found where it is written out`() throws {
        let text = Self.head + "tools:\n  \"ru\\u200Bn\": {rules: []}\n"
        #expect(try Self.warnings(text).first?.message.contains(#"'ru\u{200b}n'"#) == true)
    }

    // 30: prose may have dashes and letters of any script; so may values.
    @Test func `what deceives nobody is left alone`() throws {
        let text =
            Self.head
                + """
                tools:
                  поиск:
                    rules:
                      - name: kein Zugriff – nie, naïve
                        require: {path: args.größe, op: eq, value: "d\u{430}nger"}
                """
        #expect(try Self.warnings(text) == [])
    }

    // 30: matching is by bytes, in every place where names meet.
    @Test func `no name matches another of its looks`() throws {
        let names = ["danger", "d\u{430}nger", "dan\u{200B}ger", "danger\u{AD}", "\u{FF44}anger"]
        for denied in names {
            let text = Self.head + "tools:\n  \"\(denied)\": {rules: [{name: no, action: deny}]}\n"
            let policy = CompiledPolicy(try Loading.policy(text))
            for called in names {
                let verdict = policy.decide(
                    PolicyCall(tool: called, arguments: [:]), counters: .empty,
                    at: PolicyEvaluation.start)
                #expect((verdict.decision == .deny) == called.hasSameBytes(as: denied))
            }
        }
    }
}
