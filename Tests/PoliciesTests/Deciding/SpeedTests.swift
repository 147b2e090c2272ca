// How long a decision takes. Prints only when SANDBOA_MEASURE is set, for an optimized build:
// a machine that runs tests has no time of its own.

import Foundation
import Testing

@testable import Notation
@testable import Policies

@Suite(.serialized) struct SpeedTests {
    private static let isMeasuring = ProcessInfo.processInfo.environment["SANDBOA_MEASURE"] != nil

    /// Three rules, one with a pattern, for one of `count` tools.
    private func policy(tools count: Int) throws -> CompiledPolicy {
        let pattern = try Pattern("^[A-Za-z0-9._-]+$")
        let sections = (0..<count).map { number in
            Sample.section(
                .tool("tool-\(number)"),
                Sample.rule("name", .require(Sample.test("name", .regex(pattern)))),
                Sample.rule("count", .require(Sample.test("count", .lte(100)))),
                Sample.rule("force", .refusal, when: Sample.test("force", .eq(true))))
        }
        return CompiledPolicy(Sample.policy(.sandboa, fallback: .deny, sections))
    }

    /// The fastest of many short rounds: the others shared the machine with somebody.
    private func nanoseconds(_ policy: CompiledPolicy, _ call: PolicyCall) -> Double {
        let (rounds, calls) = Self.isMeasuring ? (1_000, 1_000) : (1, 100)
        var fastest = Duration.seconds(60)
        for _ in 0..<rounds {
            var allowed = 0
            let start = ContinuousClock.now
            for _ in 0..<calls {
                let verdict = policy.decide(call, counters: .empty, at: Sample.noon)
                if verdict.decision == .allow { allowed += 1 }
            }
            fastest = min(fastest, ContinuousClock.now - start)
            #expect(allowed == calls)
        }
        return fastest / .nanoseconds(1) / Double(calls)
    }

    @Test(arguments: [10, 1_000, 10_000])
    func `three rules are decided`(tools: Int) throws {
        let policy = try policy(tools: tools)
        let call = PolicyCall(
            tool: "tool-\(tools / 2)",
            arguments: ["name": "some-package", "count": 7, "force": false])
        let figure = nanoseconds(policy, call)
        if Self.isMeasuring { print("\(tools) tools: \(Int(figure)) ns a decision") }
    }

    @Test func `a policy is compiled, and a reservation made and settled`() throws {
        let pattern = try Pattern("x")
        let sections = (0..<334).map { number in
            Sample.section(
                .tool("tool-\(number)"),
                Sample.rule("name", .require(Sample.test("name", .regex(pattern)))),
                Sample.rule("count", .require(Sample.test("count", .lte(100)))),
                Sample.rule("force", .refusal, when: Sample.test("force", .eq(true))))
        }
        let policy = Sample.policy(.sandboa, sections)
        let start = ContinuousClock.now
        let compiled = CompiledPolicy(policy)
        let compiling = ContinuousClock.now - start
        #expect(compiled.rules.count == 1_002)
        let rule = Sample.rule("r", limit: Sample.limit(most: .max))
        let verdict = Sample.policy([Sample.section(.tool("a"), rule)]).decide(Sample.call())
        var counters = MemoryCounters()
        let begin = ContinuousClock.now
        for _ in 0..<1_000 {
            let result = counters.reserve(verdict.reservations, at: Sample.noon)
            if case .granted(let ticket) = result { counters.settle(ticket, as: .ok) }
        }
        let reserving = ContinuousClock.now - begin
        #expect(counters.count == 1)
        if Self.isMeasuring { print("1,000 rules: \(compiling); 1,000 reservations: \(reserving)") }
    }
}
