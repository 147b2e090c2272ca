// What Intercept refuses, we refuse: in its strict dialect, and in ours unless a published form
// needs it.

import Testing

@testable import Policies

@Suite struct InterceptErrorTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        /// The key at fault, and a part of the message.
        let key: String
        let message: String
        /// A form that we accept outside the strict dialect.
        var isOurs = false

        var testDescription: String { "\(key): \(message): \(text)" }

        /// A rule of the tool `t`.
        static func rule(
            _ yaml: String, _ key: String, _ message: String, isOurs: Bool = false
        ) -> Case {
            let path = "tools.t.rules[0]" + (key.isEmpty ? "" : ".") + key
            return Case(
                text: Loading.intercept("- " + yaml), key: path, message: message, isOurs: isOurs)
        }

        /// A condition of a rule of the tool `t`.
        static func condition(_ yaml: String, _ key: String, _ message: String) -> Case {
            .rule("{name: n, conditions: [\(yaml)]}", "conditions[0]." + key, message)
        }
    }

    static let documents: [Case] = [
        Case(text: "version: 2\ndefault: allow", key: "version", message: "not supported"),
        Case(text: "version: 1.0\ndefault: allow", key: "version", message: "not supported"),
        Case(text: "version: 01\ndefault: allow", key: "version", message: "not supported"),
        Case(text: "default: allow", key: "version", message: "is missing", isOurs: true),
        Case(text: "version: 1\ndefault: Allow", key: "default", message: "'Allow'"),
        Case(text: "version: 1\nhide: [a, ' ']", key: "hide[1]", message: "blank"),
        Case(text: "version: 1\nhide: [a, b, a]", key: "hide[2]", message: "hidden already"),
        Case(text: "version: 1\nversion: 1", key: "", message: "already defined"),
        Case(text: "version: [1", key: "", message: "not YAML"),
        Case(text: "version: 1\ntools: []", key: "tools", message: "found a list"),
        Case(text: "version: 1\nhide: a", key: "hide", message: "found text"),
        Case(text: "version: 1\ndescription: [a]", key: "description", message: "found a list"),
        Case(text: "[]", key: "", message: "found a list"),
    ]

    static let rules: [Case] = [
        .rule("{action: deny}", "name", "is missing", isOurs: true),
        .rule("{name: n, action: block}", "action", "'block'"),
        .rule("{name: n, action: allow}", "action", "'allow'", isOurs: true),
        .rule(
            "{name: n, action: deny, conditions: [{path: args.a, op: exists, value: true}]}",
            "action", "takes no 'conditions'"),
        .rule("{name: n}", "", "rule"),
        .rule("{name: n, action: evaluate}", "", "rule"),
        .rule("{name: n, state: {counter: '', window: day}}", "state.counter", "is missing"),
        .rule("{name: n, state: {counter: c, window: week}}", "state.window", "unknown window"),
        .rule("{name: n, state: {counter: c}}", "state.window", "is missing"),
        .rule(
            "{name: n, state: {counter: c, window: day, increment_from: x}}",
            "state.increment_from", "is no path"),
        .rule(
            "{name: n, state: {counter: c, window: day, increment: x}}",
            "state.increment", "found text"),
        .rule("{name: n, rate_limit: 10}", "rate_limit", "no rate limit"),
        .rule("{name: n, rate_limit: 10/minute/day}", "rate_limit", "no rate limit"),
        .rule("{name: n, rate_limit: 0/minute}", "rate_limit", "at least 1"),
        .rule("{name: n, rate_limit: ' 1/minute'}", "rate_limit", "at least 1"),
        .rule("{name: n, rate_limit: 10/week}", "rate_limit", "unknown window"),
        .rule("{name: n, rate_limit: [1]}", "rate_limit", "found a list"),
        .rule("{name: n, rate_limit: {max: 1, window: 60}}", "rate_limit", "a map", isOurs: true),
        .rule("{name: n, action: deny, rate_limit: 1/day}", "action", "takes no 'rate_limit'"),
        .rule(
            "{name: n, rate_limit: 1/day, state: {counter: c, window: day}}", "state",
            "'rate_limit'"),
        .rule(
            "{name: n, rate_limit: 1/day, conditions: [{path: args.a, op: eq, value: 1}]}",
            "conditions", "'rate_limit'"),
        Case(
            text: Loading.intercept(
                "- {name: n, rate_limit: 1/day}\n- {name: m, rate_limit: 2/day}"),
            key: "tools.t.rules[1].rate_limit", message: "defined already"),
    ]

    static let conditions: [Case] = [
        .condition("{path: arg.a, op: eq, value: 1}", "path", "is no path"),
        .condition("{path: args, op: eq, value: 1}", "path", "is no path"),
        .condition("{op: eq, value: 1}", "path", "is missing"),
        .condition("{path: args.a, op: is, value: 1}", "op", "operator"),
        .condition("{path: args.a, op: EQ, value: 1}", "op", "operator"),
        .condition("{path: args.a, value: 1}", "op", "is missing"),
        .condition("{path: args.a, op: in, value: x}", "value", "expected a list"),
        .condition("{path: args.a, op: not_in, value: {a: 1}}", "value", "expected a list"),
        .condition("{path: args.a, op: lt, value: '5'}", "value", "expected a number"),
        .condition("{path: args.a, op: gte, value: true}", "value", "expected a number"),
        .condition("{path: args.a, op: exists, value: yes}", "value", "true or false"),
        .condition("{path: args.a, op: regex, value: 5}", "value", "a pattern is text"),
        .condition("{path: args.a, op: regex, value: '('}", "value", "the pattern"),
        .condition("{path: args.a, op: regex, value: '(?=a)'}", "value", "the pattern"),
        .condition("{path: state.t.c, op: lt, value: 5}", "path", "no counter"),
        .condition("{path: state.other.c, op: lt, value: 5}", "path", "no counter"),
        .condition("{path: state.c, op: lt, value: 5}", "path", "names no counter"),
    ]

    @Test(arguments: documents + rules + conditions)
    func `the strict dialect refuses what Intercept refuses`(bad: Case) {
        let problems = Loading.problems(bad.text, isStrict: true)
        let errors = problems.filter { $0.severity == .error }
        #expect(
            errors.contains { $0.key == bad.key && $0.message.contains(bad.message) },
            "\(problems)")
    }

    @Test(arguments: documents + rules + conditions)
    func `outside it the same is refused, but for published forms`(bad: Case) {
        let errors = Loading.problems(bad.text).filter { $0.severity == .error }
        #expect(errors.isEmpty == bad.isOurs, "\(errors)")
        #expect(errors.allSatisfy { $0.mark.line >= 1 && $0.mark.column >= 1 })
    }

    @Test func `a name with a dot can carry no limit in the strict dialect, but in ours`() throws {
        let text = "version: 1\ntools: {a.b: {rules: [{name: n, rate_limit: 5/day}]}}"
        #expect(Loading.errors(text, isStrict: true).count == 1)
        let policy = try Loading.policy(text)
        #expect(policy.sections[0].rules[0].limit?.line == "5 a.b._rate_day calendar 86400s server")
    }

    @Test func `a YAML directive of another version is refused as Intercept does`() throws {
        let text = "# a comment\n%YAML 1.2\n---\nversion: 1\n"
        #expect(Loading.errors(text, isStrict: true).first?.hasPrefix("policy.yaml:2:1:") == true)
        #expect(try Loading.policy("%YAML 1.1\n---\nversion: 1", isStrict: true).sections.isEmpty)
    }
}
