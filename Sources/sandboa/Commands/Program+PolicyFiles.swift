// sandboa policy check, test and explain: what a policy says, without any call being made.

import Catalog
import Gateway
import Notation
import Policies

extension Program {
    /// The policies a command is about; with none given, the one of `--policy` or the default.
    private func policyWords(_ invocation: Invocation) -> [String] {
        let words = invocation.texts(.policies)
        return words.isEmpty ? ["default"] : words
    }

    // MARK: check

    func checkPolicies(_ invocation: Invocation) throws -> ExitCode {
        var status = ExitCode.ok
        var reports: [JSON] = []
        for word in policyWords(invocation) {
            let (policy, problems) = try examine(word, invocation)
            if policy == nil { status = .usage }
            if invocation.has(.json) {
                reports.append([
                    "policy": .string(word), "valid": .bool(policy != nil),
                    "problems": .array(problems.map(Self.described)),
                ])
            } else {
                complain(problems)
                let style = terminal.style
                let verdict =
                    policy == nil ? style.paint("invalid", .bad) : style.paint("valid", .good)
                let count = problems.count
                let more = count == 0 ? "" : ", \(count) \(count == 1 ? "remark" : "remarks")"
                terminal.say("\(word.printable): \(verdict)\(more)\n")
            }
        }
        if invocation.has(.json) { terminal.say(.array(reports)) }
        return status
    }

    /// A policy with its warnings, or why it is none.
    private func examine(
        _ word: String, _ invocation: Invocation
    ) throws -> (policy: Policy?, problems: [PolicyProblem]) {
        do {
            let policy = try policyFile(word, invocation).load()
            return (policy, policy.warnings)
        } catch let invalid as InvalidPolicy {
            return (nil, invalid.problems)
        } catch let unreadable as PolicyFile.Unreadable {
            let mark = SourceMark(file: word, line: 1, column: 1)
            return (
                nil,
                [PolicyProblem(.error, at: mark, key: "", unreadable.description, fix: "say where")]
            )
        }
    }

    private static func described(_ problem: PolicyProblem) -> JSON {
        var object: JSONObject = [
            "severity": .string(problem.severity.rawValue),
            "file": .string(problem.mark.file), "line": JSON(problem.mark.line),
            "column": JSON(problem.mark.column), "key": .string(problem.key),
            "message": .string(problem.message),
        ]
        if let fix = problem.fix { object["fix"] = .string(fix) }
        return .object(object)
    }

    // MARK: test

    func testPolicies(_ invocation: Invocation) throws -> ExitCode {
        var failures = 0
        var rows: [[Table.Cell]] = []
        var results: [JSON] = []
        for word in policyWords(invocation) {
            guard let policy = try loadPolicy(word, invocation) else { return .usage }
            var evaluation = PolicyEvaluation(CompiledPolicy(policy))
            for (index, test) in policy.tests.enumerated() {
                let verdict = evaluation.judge(test.call, Self.traits).verdict
                let isRight =
                    verdict.decision == test.expected
                    && (test.rule == nil || test.rule == verdict.rule)
                failures += isRight ? 0 : 1
                let name = test.name ?? "#\(index)"
                results.append([
                    "policy": .string(word), "test": .string(name), "passed": .bool(isRight),
                    "expected": .string(test.expected.rawValue),
                    "decision": .string(verdict.decision.rawValue),
                    "rule": .string(verdict.rule), "source": .string(test.mark.description),
                ])
                let wanted = [test.expected.rawValue, test.rule].compactMap { $0 }
                rows.append([
                    isRight ? Table.Cell("pass", .good) : Table.Cell("FAIL", .bad),
                    Table.Cell(name), Table.Cell(verdict.decision.rawValue),
                    Table.Cell(
                        isRight
                            ? verdict.rule
                            : "wanted \(wanted.joined(separator: " by ")), got rule "
                                + "'\(verdict.rule)': \(verdict.reason) (\(test.mark))"),
                ])
            }
        }
        if invocation.has(.json) {
            terminal.say(.array(results))
        } else {
            let columns = ["", "TEST", "DECISION", "RULE"].map { Table.Column(title: $0) }
            let table = Table(columns: columns, rows: rows)
            terminal.say(table.text(width: terminal.width, style: terminal.style))
            terminal.say("\(rows.count - failures) passed, \(failures) failed\n")
        }
        return failures == 0 ? .ok : .failed
    }

    // MARK: explain

    func explainPolicy(_ invocation: Invocation) throws -> ExitCode {
        guard let policy = try loadPolicy(invocation.text(.policy) ?? "default", invocation)
        else { return .usage }
        let tool = invocation.text(.anyTool)
        var arguments = invocation.object(.arguments) ?? [:]
        for pair in invocation.pairs(.toolArguments) {
            arguments[pair.name] = Self.value(pair.text, for: pair.name, of: tool)
        }
        let traits = Self.traits(tool, arguments)
        let call = PolicyCall(
            tool: tool, arguments: arguments, category: traits.category,
            required: traits.required)
        let compiled = CompiledPolicy(policy)
        let now = PolicyEvaluation.start
        let explanation = compiled.explain(call, counters: .empty, at: now)
        if invocation.has(.json) {
            terminal.say(Self.described(explanation, traits.category))
        } else {
            show(explanation, traits.category)
        }
        switch explanation.verdict.decision {
        case .allow, .requireApproval: return .ok
        case .deny, .hidden: return .denied
        }
    }

    private func show(_ explanation: Explanation, _ category: Category) {
        let rows = explanation.steps.map { step -> [Table.Cell] in
            let tone: Tone =
                switch step.outcome {
                case .passed: .good
                case .skipped: .faint
                case .asks: .doubtful
                case .denied: .bad
                }
            return [
                Table.Cell(step.outcome.rawValue, tone), Table.Cell(step.rule),
                Table.Cell(step.mark.description),
                Table.Cell(step.finding.map(Self.sentence) ?? ""),
            ]
        }
        let columns = ["", "RULE", "WHERE", "WHAT WAS FOUND"].map { Table.Column(title: $0) }
        if !rows.isEmpty {
            let table = Table(columns: columns, rows: rows)
            terminal.say(table.text(width: terminal.width, style: terminal.style))
        }
        let verdict = explanation.verdict
        let by = verdict.rule.isEmpty ? "" : " by \(verdict.rule)"
        let why = verdict.reason.isEmpty ? "" : ": \(verdict.reason)"
        let line = "\(category.rawValue) call: \(verdict.decision.rawValue)\(by)\(why)"
        terminal.say(line.printable + "\n")
    }

    private static func sentence(_ finding: Finding) -> String {
        "\(finding.path) \(finding.operation) \(finding.wanted): \(finding.actual)"
    }

    private static func described(_ explanation: Explanation, _ category: Category) -> JSON {
        let steps = explanation.steps.map { step -> JSON in
            var object: JSONObject = [
                "rule": .string(step.rule), "outcome": .string(step.outcome.rawValue),
                "source": .string(step.mark.description),
            ]
            if let finding = step.finding { object["finding"] = .object(finding.json) }
            if step.isObserved { object["observed"] = true }
            return .object(object)
        }
        let verdict = explanation.verdict
        return [
            "decision": .string(verdict.decision.rawValue), "rule": .string(verdict.rule),
            "reason": .string(verdict.reason), "category": .string(category.rawValue),
            "steps": .array(steps),
        ]
    }
}
