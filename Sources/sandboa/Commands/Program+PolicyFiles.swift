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
            let tools = invocation.has(.catalog) ? Self.shapes : []
            return (policy, policy.warnings + PolicyCheck.warnings(for: policy, tools: tools))
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
        var isGood = true
        var results: [JSON] = []
        for word in policyWords(invocation) {
            guard let policy = try loadPolicy(word, invocation) else { return .usage }
            let tester = PolicyTester(
                running: CompiledPolicy(policy), completing: Self.completed)
            isGood = isGood && tester.passed
            if invocation.has(.json) {
                results.append(tester.json)
            } else if invocation.has(.junit) {
                terminal.say(tester.junit)
            } else {
                show(PolicyTester.columns, tester.rows)
                let failed = tester.failures.count
                let passed = tester.results.count - failed
                terminal.say("\(word.printable): \(passed) passed, \(failed) failed\n")
            }
        }
        if invocation.has(.json) { terminal.say(.array(results)) }
        return isGood ? .ok : .failed
    }

    func coverPolicies(_ invocation: Invocation) throws -> ExitCode {
        var results: [JSON] = []
        for word in policyWords(invocation) {
            guard let policy = try loadPolicy(word, invocation) else { return .usage }
            let coverage = PolicyCoverage(
                of: CompiledPolicy(policy),
                making: policy.tests.map {
                    (Self.completed($0.call), $0.at ?? PolicyEvaluation.start)
                })
            if invocation.has(.json) {
                results.append(["policy": .string(word), "coverage": coverage.json])
            } else {
                show(PolicyCoverage.columns, coverage.rows)
                let (seen, all) = coverage.fraction
                terminal.say("\(word.printable): \(seen) of \(all) seen\n")
            }
        }
        if invocation.has(.json) { terminal.say(.array(results)) }
        return .ok
    }

    /// A call of a policy's tests, with what the catalogue knows of it.
    static func completed(_ call: PolicyCall) -> PolicyCall {
        let traits = traits(call.tool, call.arguments)
        var known = call
        known.handler = traits.handler
        known.required = traits.required
        if Catalog.tool(named: call.tool) != nil { known.category = traits.category }
        return known
    }

    func show(_ titles: [String], _ rows: [[String]]) {
        guard !rows.isEmpty else { return }
        let columns = titles.map { Table.Column(title: $0.uppercased()) }
        let cells = rows.map { $0.map { Table.Cell($0) } }
        let table = Table(columns: columns, rows: cells)
        terminal.say(table.text(width: terminal.width, style: terminal.style))
    }

    // MARK: diff

    func comparePolicies(_ invocation: Invocation) throws -> ExitCode {
        guard let before = try loadPolicy(invocation.text(.firstPolicy), invocation),
            let after = try loadPolicy(invocation.text(.secondPolicy), invocation)
        else { return .usage }
        let diff = PolicyDiff.compare(before, after, tools: Self.shapes)
        if invocation.has(.json) {
            terminal.say(diff.json)
        } else {
            show(PolicyDiff.columns, diff.rows)
            for note in diff.notes { terminal.say("note: \(note.printable)\n") }
            terminal.say("\(diff.summary)\n")
        }
        return diff.relation == .equivalent ? .ok : .failed
    }

    /// What the catalogue says of its tools.
    private static var shapes: [ToolShape] {
        Catalog.all.map { tool in
            let declaration = tool.declaration
            let properties = declaration.input["properties"]?.asObject ?? [:]
            let types = properties.map { ($0.key, $0.value["type"]?.asString) }
            return ToolShape(
                name: declaration.name,
                argumentTypes: Dictionary(types, uniquingKeysWith: { first, _ in first }),
                required: declaration.required,
                categories: [declaration.effective] + declaration.effects.map(\.category))
        }
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
        guard let now = moment(invocation) else { return .usage }
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

    /// When the call is made; nil: the time makes no sense, and it was said.
    private func moment(_ invocation: Invocation) -> Instant? {
        guard let text = invocation.text(.at) else { return PolicyEvaluation.start }
        if let time = RFC3339(text), let instant = Instant(time) { return instant }
        terminal.fail(
            "\(Option.at.spelling): '\(text.printable)' is no time",
            fix: "write it as 2026-01-15T10:00:00Z")
        return nil
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
