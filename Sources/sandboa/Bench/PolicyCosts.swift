// What a decision, a reload and a durable reservation cost.

import Kernel
import Ledger
import Policies

/// Measures policies in this process; nothing runs.
struct PolicyCosts {
    private let home: String
    private static let decisionsPerRound = 1_000
    private static let manyTools = 10_000
    private static let manyRules = 1_000

    /// A state directory of its own is made below `home`.
    init(home: String) { self.home = home }

    func measure(rounds: Int) throws -> [Series: Samples] {
        var measured: [Series: Samples] = [:]
        let few = CompiledPolicy(try Self.policy(tools: 10, rules: 3))
        let many = CompiledPolicy(try Self.policy(tools: Self.manyTools, rules: 3))
        let text = Self.text(tools: Self.manyRules, rules: 1)
        let store = try SQLiteCounters(in: "\(home)/policy-costs")
        let reservation = Self.reservation
        for round in 0..<rounds {
            for (series, policy) in [(Series.decision, few), (.decisionAmongMany, many)] {
                measured[series, default: Samples()].add(Self.decide(policy, round))
            }
            let start = Moment.now
            _ = try store.reserve(
                [reservation], at: Instant(nanoseconds: WallClock.nanoseconds))
            measured[.reservation, default: Samples()].add(Self.microseconds(since: start))
        }
        for _ in 0..<max(1, rounds / 10) {
            let start = Moment.now
            let policy = try PolicyLoader(file: "bench", hash: "").load(text)
            _ = CompiledPolicy(policy)
            measured[.reload, default: Samples()].add(Self.microseconds(since: start))
        }
        return measured
    }

    /// One decision, in microseconds: a thousand allowed ones, shared out.
    private static func decide(_ policy: CompiledPolicy, _ round: Int) -> Double {
        let call = PolicyCall(
            tool: "tool\(round % 10)",
            arguments: ["path": "reports/summary.txt", "count": 3, "mode": "fast"])
        let start = Moment.now
        var allowed = 0
        for _ in 0..<decisionsPerRound {
            let verdict = policy.decide(call, counters: .empty, at: PolicyEvaluation.start)
            if verdict.decision == .allow { allowed += 1 }
        }
        precondition(allowed == decisionsPerRound, "the benchmark's calls are allowed")
        return microseconds(since: start) / Double(decisionsPerRound)
    }

    private static func microseconds(since start: Moment) -> Double {
        Double(Moment.now.nanoseconds(since: start)) / 1000
    }

    private static var reservation: Reservation {
        Reservation(
            CounterKey(
                CounterName(group: "bench", counter: "calls"), scope: .server, owner: "",
                window: CounterWindow(.calendar, seconds: 86_400)),
            amount: 1, most: .max, charge: .attempt, rule: "bench",
            at: SourceMark(file: "bench", line: 1, column: 1), refusal: nil)
    }

    private static func policy(tools: Int, rules: Int) throws(InvalidPolicy) -> Policy {
        // More than a file may hold: sections of one small file, under other names.
        var policy = try PolicyLoader(file: "bench", hash: "").load(text(tools: 1, rules: rules))
        guard let first = policy.sections.first else { return policy }
        policy.sections = (0..<tools).map { number in
            var section = first
            section.target = .tool("tool\(number)")
            return section
        }
        return policy
    }

    /// Rules as people write them: a pattern, a bound, a choice.
    private static func text(tools: Int, rules: Int) -> [UInt8] {
        var text = "version: \"1\"\ndefault: deny\ntools:\n"
        let conditions = [
            "{path: args.path, op: regex, value: \"^[a-z/]+[.]txt$\"}",
            "{path: args.count, op: lte, value: 5}",
            "{path: args.mode, op: in, value: [fast, slow]}",
        ]
        for tool in 0..<tools {
            text += "  tool\(tool):\n    rules:\n"
            for rule in 0..<rules {
                text += "      - name: rule \(rule)\n        conditions:\n"
                text += "          - \(conditions[(tool + rule) % conditions.count])\n"
            }
        }
        return Array(text.utf8)
    }
}
