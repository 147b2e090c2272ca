// policy.json: what it means, and what it refuses.

import Notation
import Testing

@testable import Policies

@Suite struct PolicyJSONTests {
    private static func document(_ tools: String, _ more: String = "") -> String {
        "{\"version\": \"1\", \"default\": \"deny\", \(more)\"tools\": \(tools)}"
    }

    @Test func `every part of a policy json has its meaning`() throws {
        let text = Self.document(
            #"""
            {"open": {},
             "pay/now": {
               "deny_if": [
                 {"conditions": [{"path": "args.amount", "op": "gt", "value": 100}],
                  "on_deny": "too much"},
                 {"on_deny": "closed"}],
               "require": [{"conditions": [{"path": "args.to", "op": "regex", "value": "^a"}]}],
               "limits": [{"counter": "spent", "window": "day", "max": 500, "scope": "global",
                           "increment_from": "args.amount"}]}}
            """#,
            #"""
            "hide": ["gone"],
            "all_tools": {"limits": [{"counter": "c", "window": "hour", "max": 9}]},
            """#
        )
        let policy = try Loading.policy(text)
        #expect(policy.hidden.map(\.tool) == ["gone"])
        #expect(policy.sections.map(\.target) == [.everyTool, .tool("open"), .tool("pay/now")])
        #expect(policy.sections[0].rules[0].name == "/all_tools/limits/c")
        #expect(policy.sections[0].rules[0].limit?.line == "9 _global.c calendar 3600s grant")
        let rules = policy.sections[2].rules
        #expect(
            rules.map(\.name) == [
                "/tools/pay~1now/deny_if/args.amount-gt", "/tools/pay~1now/deny_if/1",
                "/tools/pay~1now/require/0", "/tools/pay~1now/limits/spent",
            ])
        #expect(rules.map(\.word) == ["refusal", "refusal", "require", "nothing"])
        #expect(rules.map { $0.tests.count } == [1, 0, 1, 0])
        #expect(rules[0].refusal == "too much")
        #expect(rules[1].when == nil)
        #expect(rules[3].limit?.line == "500 pay/now.spent calendar 86400s server")
        #expect(rules[3].refusal?.contains("a call counts its args.amount") == true)
    }

    @Test(arguments: [
        (#"{"default": "deny", "tools": {}}"#, "version", "is missing"),
        (#"{"version": "1", "tools": {}}"#, "default", "is missing"),
        (#"{"version": "1", "default": "deny", "toolz": {}}"#, "toolz", "unknown key"),
        (#"{"version": "1", "default": "deny", "hide": null}"#, "hide", "has no value"),
    ])
    func `what a policy json lacks is said`(text: String, key: String, message: String) {
        let problems = Loading.problems(text, .json)
        #expect(problems.map(\.key) == [key])
        #expect(problems.first?.message.contains(message) == true)
    }

    @Test(arguments: [
        #"{"rules": []}"#, #"{"limits": {}}"#, #"{"limits": null}"#, #"{"require": [{}]}"#,
        #"{"limits": [{"counter": "c", "window": "day"}]}"#,
        #"{"limits": [{"counter": "c", "window": "day", "max": 0}]}"#,
        #"{"limits": [{"counter": "c", "window": "day", "max": 1.5}]}"#,
        #"{"limits": [{"counter": "c", "window": "week", "max": 1}]}"#,
        #"{"limits": [{"counter": "c", "window": "day", "max": 1, "scope": "grants"}]}"#,
        #"{"limits": [{"counter": "c", "window": "day", "max": 1, "per": "x"}]}"#,
        #"""
        {"limits": [{"counter": "c", "window": "day", "max": 1},
                    {"counter": "c", "window": "day", "max": 2}]}
        """#,
        #"{"deny_if": [{"conditions": [{"path": "args.a", "op": "glob", "value": "x"}]}]}"#,
    ])
    func `a bad tool of a policy json is refused`(tool: String) {
        #expect(
            !Loading.errors(Self.document("{\"limits_of\": {\"limits\": []}, \"t\": \(tool)}"))
                .isEmpty)
    }

    @Test(arguments: [
        (#"{"version": "1", "default": "deny", "default": "allow"}"#, "twice"),
        (#"{"version": "1", "default": "deny", "Default": "allow"}"#, "only in case"),
        (
            "{\"version\": \"1\", \"default\": \"deny\", \"tools\": {\"a\0\": {}}}",
            "control character"
        ),
        (#"{"version": "1",}"#, "should stand"),
        (String(repeating: "[", count: 100), "nest deeper"),
    ])
    func `a file in JSON is parsed strictly`(text: String, message: String) {
        let errors = Loading.errors(text, file: "policy.json")
        #expect(errors.count == 1 && errors[0].contains(message), "\(errors)")
    }

    @Test(arguments: ["neq", "not_in", "lt", "gte"])
    func `a denial that a missing argument escapes is warned of`(op: String) throws {
        let value = op == "not_in" ? "[1]" : "1"
        func policy(_ more: String, _ second: String = "") throws -> Policy {
            let test = #"{"path": "args.a", "op": "\#(op)", "value": \#(value)\#(more)}"#
            return try Loading.policy(
                Self.document("{\"t\": {\"deny_if\": [{\"conditions\": [\(test)\(second)]}]}}"))
        }
        let warnings = try policy("").warnings
        #expect(warnings.map(\.key) == ["tools.t.deny_if[0].conditions[0]"])
        #expect(warnings.first?.fix?.contains("on_missing: deny") == true)
        #expect(try policy(#", "on_missing": "deny""#).warnings == [])
        let exists = #", {"path": "args.a", "op": "exists", "value": true}"#
        #expect(try policy("", exists).warnings == [])
    }

    @Test func `the text of a JSON file is JSON's, escapes and numbers as well`() throws {
        let text = Self.document(
            #"""
            {"t": {"deny_if": [{"conditions": [{"path": "args.a", "op": "gt", "value": 1e400}],
            "on_deny": "no \ud83d\udeab\/"}]}}
            """#)
        let rule = try Loading.policy(text).sections[0].rules[0]
        #expect(rule.refusal == "no 🚫/")
        guard case .gt(.number("1e400"))? = rule.tests.first?.operation else {
            Issue.record("\(rule)")
            return
        }
        #expect(rule.tests[0].mark == SourceMark(file: "policy.yaml", line: 1, column: 81))
    }

    @Test(arguments: [
        (#"{"version": "1", "tools": {"t": {"rules": []}}}"#, Policy.Dialect.intercept),
        (#"{"version": "1", "default": "deny", "tools": {"t": {}}}"#, .json),
        (#"{"version": "1", "default": "deny", "dialect": "sandboa"}"#, .sandboa),
        ("version: 1\ndefault: deny\ndialect: sandboa", .sandboa),
        ("{version: 1, default: deny}", .intercept),
    ])
    func `the dialect is found out from the file`(text: String, dialect: Policy.Dialect) throws {
        #expect(try Loading.policy(text).dialect == dialect)
    }

    @Test func `a dialect that the file denies is refused`() {
        let text = "version: 1\ndefault: deny\ndialect: sandboa"
        #expect(Loading.problems(text, .intercept).map(\.key) == ["dialect"])
        #expect(Loading.problems("version: 1\ndefault: deny\ndialect: sandbox").count == 1)
    }
}
