// What Intercept loads in silence and then does not enforce.

import Notation
import Testing

@testable import Policies

@Suite struct LoadingWeaknessTests {
    private static func bounded(_ first: String, _ rest: String..., native: Bool = true) -> String {
        let conditions = ([first] + rest).map { "{path: state.t.c, \($0)}" }
        let rule =
            "- {name: n, state: {counter: c, window: day}, conditions: ["
            + conditions.joined(separator: ", ") + "]}"
        return native ? Loading.native(rule) : Loading.intercept(rule)
    }

    // 12
    @Test(
        arguments: [
            ("op: lt, value: 2.5", 2), ("op: lt, value: 3", 2), ("op: lt, value: 0.5", 0),
            ("op: lt, value: 1e0", 0), ("op: lte, value: 2.5", 2), ("op: lt, value: -0.5", -1),
        ] as [(String, Int64)])
    func `12: a fraction loses no call in our dialect`(bound: String, most: Int64) throws {
        let rule = try #require(try Loading.policy(Self.bounded(bound)).sections.first?.rules.first)
        #expect(rule.limit?.most == most)
        // One limit, and nothing that looks at the sum before the call once more.
        #expect(rule.demanded == nil)
    }

    // 12
    @Test func `12: of several bounds the tightest holds in our dialect`() throws {
        let text = Self.bounded("op: lte, value: 9", "op: lt, value: 6.5", "op: lte, value: 7")
        let rule = try #require(try Loading.policy(text).sections.first?.rules.first)
        #expect(rule.limit?.most == 6 && rule.demanded == nil)
    }

    // 12: Intercept's own files keep Intercept's meaning, and their authors are told.
    @Test func `12: where Intercept loses a call or a bound, it is said`() throws {
        let fraction = try Loading.policy(Self.bounded("op: lt, value: 2.5", native: false))
        #expect(fraction.sections.first?.rules.first?.limit?.most == 1)
        #expect(fraction.warnings.contains { $0.message.contains("a call is lost") })
        let two = try Loading.policy(
            Self.bounded("op: lte, value: 9", "op: lte, value: 5", native: false))
        #expect(two.sections.first?.rules.first?.limit?.most == 9)
        #expect(two.warnings.contains { $0.message.contains("the first bound alone") })
        let plain = try Loading.policy(Self.bounded("op: lte, value: 9", native: false))
        #expect(plain.warnings == [])
    }

    @Test(arguments: [
        ("defualt: deny", "did you mean 'default'?"), ("hidden: [a]", "did you mean 'hide'?"),
        ("limits: []", "known here: version, description, default, hide, tools, dialect"),
        ("mode: observe", "it needs `dialect: sandboa` at the top of the file"),
    ])
    func `20: an unknown key is an error with a suggestion`(line: String, fix: String) throws {
        let text = "version: 1\ndefault: allow\n\(line)\n"
        let problem = try #require(Loading.problems(text).first)
        #expect(problem.severity == .error)
        #expect(problem.mark.line == 3 && problem.mark.column == 1)
        #expect(problem.fix == fix)
        let policy = try Loading.policy(text, isStrict: true)
        #expect(policy.warnings.map(\.mark.line) == [3])
    }

    // 6: what would protect a tool only by its looks is refused, and told where it must load.
    @Test(arguments: ["danger ", " danger", "danger\u{A0}", "\tdanger"])
    func `6: a tool's name with a blank at its end is an error with a fix`(name: String) throws {
        let quoted = JSON.string(name).text
        for line in ["hide: [\(quoted)]", "tools: {\(quoted): {rules: []}}"] {
            let text = "version: 1\ndefault: allow\n\(line)\n"
            let problem = try #require(Loading.problems(text).first)
            #expect(problem.severity == .error && problem.mark.line == 3)
            #expect(problem.message.contains("begin or end with a blank"))
            #expect(problem.fix == "write 'danger'")
            #expect(try Loading.policy(text, isStrict: true).warnings.map(\.mark.line) == [3])
        }
    }

    @Test func `21: a second document is an error, in the strict dialect a warning`() throws {
        let text = "version: 1\ndefault: deny\n---\ndefault: allow\n"
        #expect(Loading.problems(text).map(\.mark.line) == [3])
        let policy = try Loading.policy(text, isStrict: true)
        #expect(policy.fallback == .deny)
        #expect(policy.warnings.map(\.mark.line) == [3])
    }

    @Test func `22: all errors come at once, in order, each with its place and key`() {
        let text = """
            version: "2"
            defualt: deny
            tools:
              pip-install:
                rules:
                  - rate_limit: 10/fortnight
                  - conditions: [{path: x, op: eqq, value: 1}]
              "a.b":
                ruels: []
            """
        let problems = Loading.problems(text).filter { $0.severity == .error }
        #expect(
            problems.map { "\($0.mark.line):\($0.mark.column) \($0.key)" } == [
                "1:10 version", "2:1 defualt", "6:21 tools.pip-install.rules[0].rate_limit",
                "7:29 tools.pip-install.rules[1].conditions[0].path",
                "7:36 tools.pip-install.rules[1].conditions[0].op",
                "9:5 tools.\"a.b\".ruels",
            ])
        let last = #"9:5: tools."a.b".ruels: unknown key 'ruels'; did you mean 'rules'?"#
        #expect(problems.last?.description == "policy.yaml:" + last)
    }

    @Test func `23: a tool whose name has dots can be limited and read`() throws {
        let text = """
            version: 1
            default: allow
            tools:
              a.b: {rules: [{rate_limit: 5/day}]}
              c:
                rules: [{name: n, conditions: [{path: state.a.b._rate_day, op: lt, value: 3}]}]
            """
        let policy = try Loading.policy(text)
        let counter = CounterName(group: "a.b", counter: "_rate_day")
        #expect(policy.sections[0].rules[0].limit?.counter == counter)
        #expect(policy.sections[1].rules[0].tests[0].path == .state(counter))
    }

    @Test func `24: a counter that nothing counts is an error with a suggestion`() throws {
        let text = Loading.intercept(
            "- {rate_limit: 5/day}\n- {conditions: [{path: state.t._rate_dya, op: lt, value: 3}]}")
        let problem = try #require(Loading.problems(text).first)
        #expect(problem.key == "tools.t.rules[1].conditions[0].path")
        #expect(problem.fix == "did you mean 'state.t._rate_day'?")
    }

    @Test func `25: a policy in JSON is enforced, not just accepted`() throws {
        let text = """
            {"version": "1", "default": "deny",
             "tools": {"t": {"limits": [{"counter": "c", "window": "day", "max": 3}]}}}
            """
        let policy = try Loading.policy(text)
        #expect(policy.dialect == .json)
        #expect(policy.sections[0].rules[0].limit?.line == "3 t.c calendar 86400s grant")
        let strict = try Loading.policy(text, isStrict: true)
        #expect(strict.sections[0].rules.isEmpty)
        #expect(strict.warnings.map(\.key) == ["tools.t.limits"])
    }
}
