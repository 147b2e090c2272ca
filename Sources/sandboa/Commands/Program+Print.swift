// The commands that only print: tools, config, completions, man, version.

import Catalog
import Engine
import Kernel
import Notation

extension Program {
    func listTools(_ invocation: Invocation) -> ExitCode {
        let declarations = Catalog.all.map { $0.declaration }
        if invocation.has(.json) {
            terminal.say(.array(declarations.map(Self.described)))
            return .ok
        }
        let rows = declarations.map { declaration -> [Table.Cell] in
            [
                Table.Cell(declaration.name, .name), Table.Cell(declaration.effective.rawValue),
                Table.Cell(declaration.risk.rawValue), Table.Cell(declaration.profile),
                Table.Cell(declaration.title),
            ]
        }
        let columns = ["TOOL", "CATEGORY", "RISK", "PROFILE", "WHAT IT DOES"].map {
            Table.Column(title: $0)
        }
        let table = Table(columns: columns, rows: rows)
        terminal.say(table.text(width: terminal.width, style: terminal.style))
        return .ok
    }

    private static func described(_ declaration: Declaration) -> JSON {
        [
            "name": .string(declaration.name), "title": .string(declaration.title),
            "description": .string(declaration.description),
            "category": .string(declaration.effective.rawValue),
            "published_category": .string(declaration.published.rawValue),
            "risk": .string(declaration.risk.rawValue),
            "profile": .string(declaration.profile),
            "inputSchema": declaration.input, "outputSchema": declaration.output,
        ]
    }

    func printConfiguration(_ invocation: Invocation) throws -> ExitCode {
        guard let client = ClientSnippet.Client(rawValue: invocation.text(.client)) else {
            return .usage
        }
        let snippet = ClientSnippet(client, executable: try Installation.find().program)
        if invocation.has(.json) {
            terminal.say(snippet.json)
        } else {
            terminal.say(snippet.text)
            terminal.complain(snippet.advice)
        }
        return .ok
    }

    func printCompletions(_ invocation: Invocation) -> ExitCode {
        guard let shell = Completions.Shell(rawValue: invocation.text(.shell)) else {
            return .usage
        }
        terminal.say(Completions(vocabulary: Self.vocabulary).script(for: shell))
        return .ok
    }

    func printManual() -> ExitCode {
        let now = RFC3339(seconds: WallClock.nanoseconds / 1_000_000_000)
        let date = now.map { String($0.description.prefix(10)) } ?? ""
        terminal.say(ManPage(version: Self.version, date: date).text)
        return .ok
    }

    func printVersion(_ invocation: Invocation) -> ExitCode {
        if invocation.has(.json) {
            terminal.say(["name": "sandboa", "version": .string(Self.version)])
        } else {
            terminal.say("sandboa \(Self.version)\n")
        }
        return .ok
    }
}
