// Conditions on the time of a call.

import Notation
import Testing

@testable import Policies

@Suite struct ClockConditionTests {
    private static func at(_ text: String) throws -> Instant {
        try #require(RFC3339(text).flatMap { Instant($0) })
    }

    private static func decision(_ policy: Policy, _ time: String) throws -> Verdict.Decision {
        CompiledPolicy(policy).decide(
            PolicyCall(tool: "t", arguments: [:]), counters: .empty, at: try at(time)
        ).decision
    }

    private static let officeHours = Loading.native(
        """
        - name: office hours
          require:
            all:
              - {path: time.weekday, op: lte, value: 5}
              - {path: time.hour, op: gte, value: 9}
              - {path: time.hour, op: lt, value: 17}
        """)

    // 28: a test of the time of day.
    @Test(
        arguments: [
            ("2026-01-15T09:00:00Z", true), ("2026-01-15T16:59:59.999Z", true),
            ("2026-01-15T08:59:59Z", false), ("2026-01-15T17:00:00Z", false),
            ("2026-01-17T12:00:00Z", false), ("2026-01-18T12:00:00Z", false),
            ("2026-01-19T12:00:00Z", true), ("2026-01-15T23:00:00-08:00", false),
            ("2026-01-14T23:00:00-12:00", true), ("1969-12-31T12:00:00Z", true),
            ("1969-12-28T12:00:00Z", false),
        ])
    func `a rule can hold at some hours and days, in UTC`(time: String, isAllowed: Bool) throws {
        let policy = try Loading.policy(Self.officeHours)
        #expect(try Self.decision(policy, time) == (isAllowed ? .allow : .deny))
    }

    // 28
    @Test func `minutes are those of the hour`() throws {
        let text = Loading.native("- require: {path: time.minute, op: gte, value: 30}")
        let policy = try Loading.policy(text)
        #expect(try Self.decision(policy, "2026-01-15T10:29:59Z") == .deny)
        #expect(try Self.decision(policy, "2026-01-15T10:30:00Z") == .allow)
    }

    @Test func `weekdays follow the calendar, before 1970 too`() throws {
        for day in -1_000..<1_000 {
            let now = Instant(seconds: Int64(day) * 86_400 + 3_600)
            let expected = Int64(((day + 3) % 7 + 7) % 7 + 1)
            #expect(Condition.ClockField.weekday.value(at: now) == expected)
            #expect(Condition.ClockField.hour.value(at: now) == 1)
        }
        for field in Condition.ClockField.allCases {
            for nanoseconds in [Int64.min, .max, 0, -1] {
                let value = field.value(at: Instant(nanoseconds: nanoseconds))
                #expect(field.range.contains(value))
            }
        }
    }

    @Test(arguments: ["time.day", "time.", "time.hour.x", "time.Hour", "time"])
    func `what is no part of the time is refused`(path: String) {
        let text = Loading.native("- require: {path: \(path), op: gte, value: 1}")
        #expect(Loading.problems(text).contains { $0.severity == .error })
    }

    @Test func `only our own dialect asks the clock`() {
        let text = Loading.intercept("- conditions: [{path: time.hour, op: gte, value: 1}]")
        #expect(Loading.problems(text).contains { $0.fix?.contains("dialect: sandboa") == true })
        #expect(!Loading.problems(text, isStrict: true).isEmpty)
    }

    @Test func `a denial names what the time had to be`() throws {
        let policy = try Loading.policy(Self.officeHours)
        let verdict = CompiledPolicy(policy).decide(
            PolicyCall(tool: "t", arguments: [:]), counters: .empty,
            at: try Self.at("2026-01-15T20:00:00Z"))
        #expect(verdict.reason.contains("time.hour must be less than 17"))
        #expect(verdict.finding?.actual == "number 20")
    }

    @Test func `tests of a policy say when their call is made`() throws {
        let tests = """
            tests:
              - {tool: t, expect: allow}
              - {tool: t, at: "2026-01-17T12:00:00Z", expect: deny, rule: office hours}
            """
        let policy = try Loading.policy(Self.officeHours + tests)
        #expect(PolicyTester(running: CompiledPolicy(policy)).passed)
        let wrong = Self.officeHours + "tests: [{tool: t, at: noon, expect: deny}]"
        #expect(Loading.errors(wrong).contains { $0.contains("is no time") })
        let printed = try PolicyPrinter.text(of: policy, as: .sandboa)
        let again = try Loading.policy(printed)
        #expect(again.tests.map(\.at) == policy.tests.map(\.at))
        #expect(PolicyDiff.compare(policy, again).relation == .equivalent)
    }

    @Test func `the check and the comparison try every hour and day`() throws {
        let policy = try Loading.policy(Self.officeHours)
        #expect(PolicyCheck.warnings(for: policy) == [])
        let longer = try Loading.policy(
            Self.officeHours.replacing("value: 17", with: "value: 18"))
        let diff = PolicyDiff.compare(policy, longer)
        #expect(diff.relation == .looser && diff.isExhaustive)
        let witness = try #require(diff.witnesses.first)
        let time = try #require(witness.at)
        #expect(time.text.contains("T17:"))
        for (side, policy) in [(witness.before, policy), (witness.after, longer)] {
            let call = PolicyCall(tool: witness.tool, arguments: witness.arguments)
            let verdict = CompiledPolicy(policy).decide(call, counters: .empty, at: time)
            #expect(verdict.decision == side.decision)
        }
        let never = Loading.native(
            "- require: {all: [{path: time.hour, op: lt, value: 3}, "
                + "{path: time.hour, op: gt, value: 20}]}")
        let found = PolicyCheck.warnings(for: try Loading.policy(never))
        #expect(found.contains { $0.message.contains("denies every call") })
    }

    @Test func `what the other languages can't say of the time is refused`() throws {
        let policy = try Loading.policy(Self.officeHours)
        #expect(throws: (any Error).self) {
            try PolicyPrinter.text(of: policy, as: .intercept)
        }
    }
}
