// sandboa policy …: judging policies and calls without running anything.

import Catalog
import Gateway
import Kernel
import Notation
import Policies

extension Program {
    /// The policies that come with the program, by name.
    static let ownPolicies = ["default", "strict", "permissive"]

    /// The file a word of the command line means: one of ours by name, or a path.
    func policyFile(_ word: String, _ invocation: Invocation) throws -> PolicyFile {
        let isOurs = Self.ownPolicies.contains(word)
        let path = isOurs ? "\(try share())/policies/\(word).yaml" : word
        let dialect = invocation.text(.dialect)
        return PolicyFile(
            path, dialect: dialect.flatMap(Policy.Dialect.init(rawValue:)),
            isStrict: dialect == Policy.Dialect.intercept.rawValue)
    }

    /// Loads a policy, or says everything that is wrong with it. nil: it was said.
    func loadPolicy(_ word: String, _ invocation: Invocation) throws -> Policy? {
        do {
            return try policyFile(word, invocation).load()
        } catch let problems as InvalidPolicy {
            complain(problems.problems)
        } catch let problem as PolicyFile.Unreadable {
            terminal.fail(problem.description, fix: "say where the policy is: --policy FILE")
        }
        return nil
    }

    func complain(_ problems: [PolicyProblem]) {
        for problem in problems {
            let style = terminal.errorStyle
            let tone: Tone = problem.severity == .error ? .bad : .doubtful
            let word = style.paint(problem.severity.rawValue, tone)
            terminal.complain("\(word): \(problem.description.printable)\n")
        }
    }

    // MARK: eval

    func evaluatePolicy(_ invocation: Invocation) throws -> ExitCode {
        guard let policy = try loadPolicy(invocation.text(.policy) ?? "default", invocation)
        else { return .usage }
        complain(policy.warnings)
        guard let calls = readCalls(invocation.text(.calls) ?? "-") else { return .usage }
        var evaluation = PolicyEvaluation(CompiledPolicy(policy))
        let asJSON = invocation.has(.json)
        var rows: [[Table.Cell]] = []
        var lines = ""
        for call in calls {
            let judgement = evaluation.judge(call, Self.traits(call.tool, call.arguments))
            if asJSON {
                lines += JSON.object(judgement.json).text + "\n"
            } else {
                rows.append(Self.row(of: judgement, for: call))
            }
        }
        if asJSON {
            terminal.say(lines)
        } else {
            let columns = ["TOOL", "DECISION", "RULE", "WHY"].map { Table.Column(title: $0) }
            let table = Table(columns: columns, rows: rows)
            terminal.say(table.text(width: terminal.width, style: terminal.style))
        }
        return .ok
    }

    private static func row(
        of judgement: PolicyEvaluation.Judgement, for call: EvaluationCall
    ) -> [Table.Cell] {
        let verdict = judgement.verdict
        let tone: Tone = verdict.decision == .allow ? .good : .bad
        let place = verdict.mark.map { " (\($0))" } ?? ""
        return [
            Table.Cell(call.tool, .name), Table.Cell(verdict.decision.rawValue, tone),
            Table.Cell(verdict.rule), Table.Cell(verdict.reason + place),
        ]
    }

    /// What the catalogue knows of a call; a tool it does not know executes, as far as we know.
    static func traits(_ tool: String, _ arguments: JSONObject) -> CallTraits {
        guard let declaration = Catalog.tool(named: tool)?.declaration else { return CallTraits() }
        return CallTraits(
            category: declaration.category(of: arguments), required: declaration.required)
    }

    /// All calls of a file; nil when a line is wrong, which was said.
    private func readCalls(_ path: String) -> [EvaluationCall]? {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes =
                path == "-"
                ? try Files.input(limit: Self.maxCallsBytes)
                : try Files.contents(of: path, limit: Self.maxCallsBytes)
        } catch {
            terminal.fail(
                "\(path) can't be read: \(error)", fix: "say where the calls are: --calls FILE")
            return nil
        }
        var calls: [EvaluationCall] = []
        var isGood = true
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            if isBlank { continue }
            do throws(EvaluationCall.Problem) {
                let call = try EvaluationCall(parsing: Array(line))
                for name in call.unknown {
                    terminal.complain("warning: \(path):\(index + 1): nobody reads `\(name)`\n")
                }
                calls.append(call)
            } catch {
                isGood = false
                terminal.fail(
                    "\(path):\(index + 1): \(error)",
                    fix: #"write a call a line: {"tool":"NAME","arguments":{}}"#)
            }
        }
        return isGood ? calls : nil
    }

    private static let maxCallsBytes = 64 << 20
}
