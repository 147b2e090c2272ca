// sandboa tools: the catalogue as a matrix of what each call does and what policy says to it.

import Catalog
import Kernel
import Notation
import Policies

extension Program {
    /// One line: a tool, or what some of its arguments make of it.
    private struct Line {
        let declaration: Declaration
        let effect: Effect?
        let category: Category
        let verdict: Verdict

        init(_ declaration: Declaration, _ effect: Effect?, _ policy: CompiledPolicy) {
            self.declaration = declaration
            self.effect = effect
            category = effect?.category ?? declaration.effective
            var arguments = declaration.examples
            if let effect { arguments[effect.argument] = effect.example }
            let call = PolicyCall(
                tool: declaration.name, arguments: arguments, category: category,
                required: declaration.required)
            verdict = policy.decide(
                call, counters: .empty, at: Instant(nanoseconds: WallClock.nanoseconds))
        }

        /// `allow, 10 per minute`.
        var words: String {
            let limits = verdict.reservations.map { "\($0.most) per \($0.key.window.words)" }
            return ([verdict.decision.rawValue] + limits).joined(separator: ", ")
        }
    }

    func listTools(_ invocation: Invocation) throws -> ExitCode {
        guard let policy = try loadPolicy(invocation.text(.policy) ?? "default", invocation)
        else { return .usage }
        let compiled = CompiledPolicy(policy)
        let lines = Catalog.all.flatMap { tool -> [Line] in
            let declaration = tool.declaration
            let effects = declaration.effects.map { Line(declaration, $0, compiled) }
            return [Line(declaration, nil, compiled)] + effects
        }
        if invocation.has(.json) {
            terminal.say(.array(lines.filter { $0.effect == nil }.map { described($0, lines) }))
        } else {
            show(lines, policy.file)
        }
        return .ok
    }

    private func show(_ lines: [Line], _ policy: String) {
        let rows = lines.map { line -> [Table.Cell] in
            let tone: Tone =
                switch line.verdict.decision {
                case .allow: .good
                case .requireApproval: .doubtful
                case .deny, .hidden: .bad
                }
            return [
                line.effect == nil
                    ? Table.Cell(line.declaration.name, .name)
                    : Table.Cell("  \(line.effect?.words ?? "")", .faint),
                Table.Cell(line.effect == nil ? line.declaration.published.rawValue : ""),
                Table.Cell(line.category.rawValue), Table.Cell(line.declaration.risk.rawValue),
                Table.Cell(line.declaration.profile), Table.Cell(line.words, tone),
            ]
        }
        let columns = ["TOOL", "PUBLISHED", "EFFECTIVE", "RISK", "PROFILE", "VERDICT"].map {
            Table.Column(title: $0)
        }
        let table = Table(columns: columns, rows: rows)
        terminal.say(table.text(width: terminal.width, style: terminal.style))
        terminal.complain("verdicts of \(policy.printable)\n")
    }

    private func described(_ line: Line, _ all: [Line]) -> JSON {
        let declaration = line.declaration
        let effects = all.filter { $0.effect != nil && $0.declaration.name == declaration.name }
        return [
            "name": .string(declaration.name), "title": .string(declaration.title),
            "description": .string(declaration.description),
            "category": .string(declaration.effective.rawValue),
            "published_category": .string(declaration.published.rawValue),
            "risk": .string(declaration.risk.rawValue),
            "profile": .string(declaration.profile),
            "verdict": .string(line.verdict.decision.rawValue),
            "rule": .string(line.verdict.rule),
            "effects": .array(
                effects.map { line in
                    [
                        "when": .string(line.effect?.words ?? ""),
                        "category": .string(line.category.rawValue),
                        "says": .string(line.effect?.says ?? ""),
                        "verdict": .string(line.verdict.decision.rawValue),
                        "rule": .string(line.verdict.rule),
                    ]
                }),
            "inputSchema": declaration.input, "outputSchema": declaration.output,
        ]
    }
}
