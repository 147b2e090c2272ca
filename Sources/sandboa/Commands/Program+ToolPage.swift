// sandboa tools TOOL, sandboa tools --divergences: a tool in full, and where tools differ from
// upstream's.

import Catalog
import Notation

extension Program {
    /// What there is to know of one tool: its line of the table first, those of its effects after.
    func page(_ lines: [ToolLine]) -> String {
        guard let line = lines.first else { return "" }
        let declaration = line.declaration
        let style = terminal.style
        var text = style.paint(declaration.name, .heading) + ": \(declaration.title)\n\n"
        text += paragraph(declaration.description)
        text += facts(lines)
        let arguments = argumentRows(declaration)
        if !arguments.isEmpty { text += section("Arguments", arguments) }
        if let upstream = declaration.upstream {
            text += "\n" + style.paint("Unlike \(upstream.rawValue)", .heading) + "\n"
            let more = "What `sandboa tools --divergences` says of all tools holds here, too."
            text += (declaration.divergences + [more]).map { item($0) }.joined()
        }
        return text
    }

    func listDivergences(of declarations: [Declaration], asJSON: Bool) {
        let differing = declarations.filter { !$0.divergences.isEmpty }
        if asJSON {
            let tools = differing.map { declaration -> JSON in
                [
                    "name": .string(declaration.name),
                    "upstream": declaration.upstream.map { .string($0.rawValue) } ?? .null,
                    "divergences": .array(declaration.divergences.map { .string($0) }),
                ]
            }
            return terminal.say([
                "all": .array(Catalog.divergences.map { .string($0) }), "tools": .array(tools),
            ])
        }
        var text = terminal.style.paint("every tool that has an upstream", .heading) + "\n"
        text += Catalog.divergences.map { item($0) }.joined()
        for declaration in differing {
            let upstream = declaration.upstream.map { " (\($0.rawValue))" } ?? ""
            text += "\n" + terminal.style.paint(declaration.name, .heading) + upstream + "\n"
            text += declaration.divergences.map { item($0) }.joined()
        }
        terminal.say(text)
    }

    // MARK: Parts

    private var width: Int { HelpPage(width: terminal.width).width }

    private func facts(_ lines: [ToolLine]) -> String {
        let rows = lines.map { line -> [Table.Cell] in
            let declaration = line.declaration
            guard let effect = line.effect else {
                let published = "published as \(declaration.published.rawValue)"
                let risk = "\(declaration.risk.rawValue) risk, profile \(declaration.profile)"
                return [
                    "usually", Table.Cell(line.category.rawValue),
                    Table.Cell("\(line.words); \(published), \(risk)"),
                ]
            }
            return [
                Table.Cell(effect.words, .faint), Table.Cell(line.category.rawValue),
                Table.Cell("\(line.words); \(effect.says)"),
            ]
        }
        return section("What a call does", rows)
    }

    private func argumentRows(_ declaration: Declaration) -> [[Table.Cell]] {
        (declaration.input["properties"]?.asObject ?? [:]).map { name, schema in
            let types = schema["type"]?.asArray ?? [schema["type"] ?? .null]
            var kind = types.compactMap(\.asString).filter { $0 != "null" }
            if let choices = schema["enum"]?.asArray { kind = choices.compactMap(\.asString) }
            let preset =
                declaration.required.contains(name)
                ? "required" : schema["default"].map { "default \($0.text)" } ?? "optional"
            let words = schema["description"]?.asString ?? ""
            return [
                Table.Cell(name, .name), Table.Cell(kind.joined(separator: ", ")),
                Table.Cell("\(preset). \(words)"),
            ]
        }
    }

    private func section(_ heading: String, _ rows: [[Table.Cell]]) -> String {
        let columns = rows.first.map { $0.map { _ in Table.Column() } } ?? []
        let table = Table(columns: columns, rows: rows, indent: 2)
        return "\n" + terminal.style.paint(heading, .heading) + "\n"
            + table.text(width: width, style: terminal.style)
    }

    private func paragraph(_ text: String) -> String {
        text.wrapped(to: width - 2).map { "  \($0)\n" }.joined()
    }

    private func item(_ text: String) -> String {
        text.wrapped(to: width - 4).enumerated().map { index, line in
            (index == 0 ? "  - " : "    ") + line + "\n"
        }.joined()
    }
}
