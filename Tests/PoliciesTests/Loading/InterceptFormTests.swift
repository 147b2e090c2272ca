// The forms of Intercept's YAML, and those of published files, with what they mean.

import Notation
import Testing

@testable import Policies

@Suite struct InterceptFormTests {
    @Test func `a text field takes any scalar as its text`() throws {
        let rule = try #require(
            try Loading.rules("- {name: 5, on_deny: no, rate_limit: 1/day}", isStrict: true).first)
        #expect(rule.name == "5")
        #expect(rule.refusal == "no")
    }

    @Test(arguments: ["1", "'1'", "\"1\""])
    func `the version may be a number or text`(version: String) throws {
        #expect(try Loading.policy("version: \(version)", isStrict: true).fallback == .allow)
    }

    @Test(arguments: ["", "default:", "default: ''", "default: allow"])
    func `without a default everything is allowed, as Intercept has it`(line: String) throws {
        let policy = try Loading.policy("version: 1\n\(line)", isStrict: true)
        #expect(policy.fallback == .allow && policy.warnings.isEmpty)
    }

    @Test func `a listed tool needs no rules`() throws {
        let policy = try Loading.policy(
            "version: 1\ndefault: deny\ntools: {a: , b: {}, '*': {rules: []}}")
        #expect(policy.sections.map(\.target) == [.tool("a"), .tool("b"), .everyTool])
        #expect(policy.sections.allSatisfy { $0.rules.isEmpty })
    }

    @Test func `a file with a byte order mark, CRLF and merge keys loads`() throws {
        let text =
            "\u{FEFF}version: \"1\"\r\nx: &x {rules: [{name: n, action: deny}]}\r\n"
            + "tools:\r\n  a: *x\r\n  b: {<<: *x}\r\n"
        let policy = try Loading.policy(text, isStrict: true)
        #expect(policy.sections.map { $0.rules.map(\.word) } == [["refusal"], ["refusal"]])
        #expect(policy.warnings.map(\.key) == ["x"])
    }

    // MARK: Rate limits

    @Test(arguments: [
        ("10/minute", "10 t._rate_minute calendar 60s server"),
        ("+1/hour", "1 t._rate_hour calendar 3600s server"),
        ("007/day", "7 t._rate_day calendar 86400s server"),
        ("{max: 10, window: 60}", "10 t._rate_minute calendar 60s server"),
        ("{max: 10, window: 3600}", "10 t._rate_hour calendar 3600s server"),
        ("{max: 10, window: 86400}", "10 t._rate_day calendar 86400s server"),
        ("{max: 10, window: hour}", "10 t._rate_hour calendar 3600s server"),
    ])
    func `a rate limit is a limit`(written: String, line: String) throws {
        let rules = try Loading.rules("- rate_limit: \(written)")
        #expect(rules.map(\.word) == ["nothing"])
        #expect(rules.first?.limit?.line == line)
    }

    @Test func `windows of one tool stack, and every tool shares the limits of the star`() throws {
        let rules = try Loading.rules("- rate_limit: 10/minute\n- rate_limit: 100/day")
        #expect(rules.compactMap(\.limit?.most) == [10, 100])
        let policy = try Loading.policy("version: 1\ntools: {'*': {rules: [{rate_limit: 5/day}]}}")
        #expect(policy.sections[0].rules[0].name == "*#0")
        #expect(
            policy.sections[0].rules[0].limit?.line
                == "5 _global._rate_day calendar 86400s server")
    }

    @Test func `a generated refusal names the bound, the window and what to do`() throws {
        let rule = try #require(try Loading.rules("- rate_limit: 30/hour").first)
        let told =
            "Rate limit: at most 30 calls per hour. Wait for the next full hour, then try again."
        #expect(rule.refusal == told)
        #expect(
            try Loading.rules("- {rate_limit: 1/day, on_deny: later}").first?.refusal == "later")
    }

    // MARK: State

    struct Bound: CustomTestStringConvertible, Sendable {
        let operation: String
        let most: Int64
        var testDescription: String { operation }
    }

    @Test(arguments: [
        Bound(operation: "op: lte, value: 5", most: 5),
        Bound(operation: "op: lt, value: 5", most: 4),
        Bound(operation: "op: lt, value: 2.5", most: 1),
        Bound(operation: "op: lte, value: 2.5", most: 2),
        Bound(operation: "op: lte, value: 1e2", most: 100),
        Bound(operation: "op: lt, value: 1", most: 0),
        Bound(operation: "op: lte, value: -1", most: -1),
        Bound(operation: "op: lt, value: -0.5", most: -1),
        Bound(operation: "op: lte, value: 9223372036854775807", most: .max),
        Bound(operation: "op: lte, value: 1e300", most: .max),
        Bound(operation: "op: lte, value: 9007199254740993", most: 9_007_199_254_740_993),
    ])
    func `the first bound on the own counter becomes the limit`(bound: Bound) throws {
        for isStrict in [true, false] {
            let rules = try Loading.rules(
                """
                - name: n
                  conditions:
                    - {path: args.a, op: eq, value: 1}
                    - {path: state.t.spent, \(bound.operation)}
                    - {path: state.t.spent, op: lt, value: 1000}
                  state: {counter: spent, window: day, increment_from: args.amount}
                """, isStrict: isStrict)
            let rule = try #require(rules.first)
            #expect(rule.limit?.most == bound.most)
            #expect(rule.limit?.counter.description == "t.spent")
            guard case .argument(let path)? = rule.limit?.cost else {
                Issue.record("the cost is no argument")
                continue
            }
            #expect(path.description == "args.amount")
            #expect(rule.tests.count == 2)
        }
    }

    @Test(arguments: [("0", 1), ("3", 3), ("3.0", 3)] as [(String, Int64)])
    func `an increment is a whole number, and 0 counts as 1`(written: String, cost: Int64) throws {
        let rule = try #require(
            try Loading.rules(Self.counting("increment: \(written)")).first)
        guard case .fixed(cost)? = rule.limit?.cost else {
            Issue.record("\(String(describing: rule.limit))")
            return
        }
    }

    @Test(arguments: [("1.9", 1), ("0.5", 1), ("-3", 0), ("2.5", 2)] as [(String, Int64)])
    func `an odd increment is refused, and read strictly refunds nothing`(
        written: String, cost: Int64
    ) throws {
        let text = Loading.intercept(Self.counting("increment: \(written)"))
        #expect(Loading.problems(text).map(\.key) == ["tools.t.rules[0].state.increment"])
        let policy = try Loading.policy(text, isStrict: true)
        #expect(policy.warnings.count == 1)
        guard case .fixed(cost)? = policy.sections[0].rules[0].limit?.cost else {
            Issue.record("\(policy.sections[0].rules)")
            return
        }
    }

    @Test func `a counter without a bound in its own rule is refused, or warned of`() throws {
        let text = Loading.intercept(
            """
            - name: feed
              conditions: [{path: args.a, op: exists, value: true}]
              state: {counter: c, window: day}
            - name: bound
              conditions: [{path: state.t.c, op: lte, value: 5}]
            """)
        let problem = try #require(Loading.problems(text).first)
        #expect(problem.key == "tools.t.rules[0].state")
        #expect(problem.message.contains("never limits anything"))
        #expect(problem.fix?.contains("lte condition") == true)
        let policy = try Loading.policy(text, isStrict: true)
        #expect(policy.warnings.map(\.key) == ["tools.t.rules[0].state"])
        #expect(policy.sections[0].rules.allSatisfy { $0.limit == nil })
    }

    private static func counting(_ state: String) -> String {
        """
        - name: n
          conditions: [{path: state.t.c, op: lte, value: 5}]
          state: {counter: c, window: day, \(state)}
        """
    }

    // MARK: Conditions

    @Test func `paths are keys between dots, and nothing else`() throws {
        let rule = try #require(
            try Loading.rules(
                """
                - name: n
                  conditions:
                    - {path: args.a.0.length, op: eq, value: 1}
                    - {path: args., op: eq, value: 1}
                """,
                isStrict: true
            ).first)
        let steps = rule.tests.map { test -> [ArgumentPath.Step] in
            guard case .argument(let path) = test.path else { return [] }
            return path.steps
        }
        #expect(steps == [[.key("a"), .key("0"), .key("length")], [.key("")]])
    }

    @Test(arguments: [
        ("0x1F", JSON.integer(31)), ("010", .integer(8)), ("1_000", .integer(1000)),
        ("yes", .string("yes")), ("True", .bool(true)), ("~", .null), ("'5'", .string("5")),
        ("1.50", .number("1.50")), ("12345678901234567890", .number("12345678901234567890")),
        ("[1, a]", .array([.integer(1), .string("a")])),
    ])
    func `values are typed as go-yaml does, numbers exactly`(written: String, json: JSON) throws {
        let rules = try Loading.rules(
            "- {name: n, conditions: [{path: args.a, op: eq, value: \(written)}]}")
        guard case .eq(let value)? = rules.first?.tests.first?.operation else {
            Issue.record("\(rules)")
            return
        }
        #expect(value == json)
    }

    @Test func `a plain date is refused, and read strictly equals nothing`() throws {
        let text = Loading.intercept(
            """
            - {name: a, conditions: [{path: args.a, op: eq, value: 2026-01-02}]}
            - {name: b, conditions: [{path: args.a, op: in, value: [2026-01-02, x]}]}
            - {name: c, conditions: [{path: args.a, op: neq, value: 2026-01-02}]}
            """)
        let problems = Loading.problems(text)
        #expect(problems.count == 3)
        #expect(problems.allSatisfy { $0.fix == "quote it: \"2026-01-02\"" })
        let policy = try Loading.policy(text, isStrict: true)
        #expect(policy.warnings.count == 3)
        let operations = policy.sections[0].rules.flatMap(\.tests).map(\.operation)
        guard case .isIn([]) = operations[0], case .isIn([.string("x")]) = operations[1],
            case .notIn([]) = operations[2]
        else {
            Issue.record("\(operations)")
            return
        }
    }

    @Test func `numbers without a finite value load only strictly`() throws {
        let text = Loading.intercept(
            """
            - name: a
              conditions:
                - {path: args.a, op: lte, value: .inf}
                - {path: args.a, op: eq, value: .nan}
            """
        )
        #expect(Loading.problems(text).count == 2)
        #expect(try Loading.policy(text, isStrict: true).sections[0].rules[0].tests.count == 2)
    }

    @Test func `an unsigned integer is no number to Intercept, but to us`() throws {
        let text = Loading.intercept(
            "- {name: a, conditions: [{path: args.a, op: lte, value: 12345678901234567890}]}")
        #expect(Loading.errors(text, isStrict: true).count == 1)
        #expect(Loading.errors(text) == [])
    }

    // MARK: What published files add

    @Test func `published forms load`() throws {
        let rules = try Loading.rules(
            """
            - {action: allow}
            - {action: deny, reason: not today}
            - {action: allow, rate_limit: 1/day, validate: {required_args: true}}
            - name: x
              conditions: [{path: args.a, op: exists, value: true}]
              validate: {required_args: true}
            """)
        #expect(
            rules.map(\.name) == ["t#0", "t#1", "t#2.required_args", "t#2", "x.required_args", "x"])
        #expect(
            rules.map(\.word) == [
                "nothing", "refusal", "required arguments", "nothing", "required arguments",
                "require",
            ])
        #expect(rules[1].refusal == "not today")
    }

    @Test(arguments: [
        "- {action: dney, rate_limit: 5/day}",
        "- {action: allow, conditions: [{path: args.a, op: eq, value: 1}]}",
        "- {rate_limit: 5/day, validate: {}}",
        "- {rate_limit: 5/day, validate: {required: true}}",
        "- {action: deny, on_deny: a, reason: b}",
        "- {name: n, conditions: [{path: args.a, op: eq}]}",
        "- {name: n, conditions: [{path: 'args.a[0]', op: eq, value: 1}]}",
        "- {action: require_approval}",
        "- {rate_limit: }",
    ])
    func `what would load as something else is refused`(rule: String) {
        #expect(!Loading.errors(Loading.intercept(rule)).isEmpty)
    }
}
