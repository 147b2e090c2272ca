// sandboa tools: the catalogue as a matrix of what each call does and what policy says to it.

import Catalog
import Kernel
import Notation
import Policies

extension Program {
    /// One line: a tool, or what some of its arguments make of it.
    struct ToolLine {
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

        /// `allow, 10/minute`.
        var words: String {
            let limits = verdict.reservations.map { "\($0.most)/\($0.key.window.words)" }
            return ([verdict.decision.rawValue] + limits).joined(separator: ", ")
        }

        var tone: Tone {
            switch verdict.decision {
            case .allow: .good
            case .requireApproval: .doubtful
            case .deny, .hidden: .bad
            }
        }
    }

    func listTools(_ invocation: Invocation) throws -> ExitCode {
        let names = invocation.texts(.tools)
        let chosen = Catalog.all.filter { names.isEmpty || names.contains($0.name) }
        let declarations = chosen.map { $0.declaration }
        if invocation.has(.divergences) {
            listDivergences(of: declarations, asJSON: invocation.has(.json))
            return .ok
        }
        guard let policy = try loadPolicy(invocation.text(.policy) ?? "default", invocation)
        else { return .usage }
        let compiled = CompiledPolicy(policy)
        let lines = declarations.map { declaration in
            [ToolLine(declaration, nil, compiled)]
                + declaration.effects.map { ToolLine(declaration, $0, compiled) }
        }
        if invocation.has(.json) {
            terminal.say(.array(lines.map(described)))
        } else if names.isEmpty {
            show(lines.flatMap { $0 })
        } else {
            terminal.say(lines.map(page).joined(separator: "\n"))
        }
        if !invocation.has(.json) {
            terminal.complain("verdicts of \(policy.file.printable)\n")
        }
        return .ok
    }

    private func show(_ lines: [ToolLine]) {
        let rows = lines.map { line -> [Table.Cell] in
            let isTool = line.effect == nil
            let published = line.declaration.published
            return [
                isTool
                    ? Table.Cell(line.declaration.name, .name)
                    : Table.Cell("  \(line.effect?.words ?? "")", .faint),
                Table.Cell(isTool ? published.rawValue : ""), Table.Cell(line.category.rawValue),
                Table.Cell(isTool ? line.declaration.risk.rawValue : ""),
                Table.Cell(isTool ? line.declaration.profile : ""),
                Table.Cell(line.words, line.tone),
            ]
        }
        let columns = ["TOOL", "PUBLISHED", "EFFECTIVE", "RISK", "PROFILE", "VERDICT"].map {
            Table.Column(title: $0)
        }
        let table = Table(columns: columns, rows: rows)
        terminal.say(table.text(width: terminal.width, style: terminal.style))
    }

    private func described(_ lines: [ToolLine]) -> JSON {
        guard let line = lines.first else { return .null }
        let declaration = line.declaration
        return [
            "name": .string(declaration.name), "title": .string(declaration.title),
            "description": .string(declaration.description),
            "upstream": declaration.upstream.map { .string($0.rawValue) } ?? .null,
            "category": .string(declaration.effective.rawValue),
            "published_category": .string(declaration.published.rawValue),
            "risk": .string(declaration.risk.rawValue),
            "profile": .string(declaration.profile),
            "verdict": .string(line.verdict.decision.rawValue),
            "rule": .string(line.verdict.rule),
            "effects": .array(
                lines.dropFirst().map { line in
                    [
                        "when": .string(line.effect?.words ?? ""),
                        "category": .string(line.category.rawValue),
                        "says": .string(line.effect?.says ?? ""),
                        "verdict": .string(line.verdict.decision.rawValue),
                        "rule": .string(line.verdict.rule),
                    ]
                }),
            "divergences": .array(declaration.divergences.map { .string($0) }),
            "inputSchema": declaration.input, "outputSchema": declaration.output,
        ]
    }
}
