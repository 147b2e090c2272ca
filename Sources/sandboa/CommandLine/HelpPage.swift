/// Help for a terminal, written from the command table.
struct HelpPage: Sendable {
    /// In columns; lines longer than `maxWidth` tire the eye, so wider terminals get no more.
    let width: Int
    let style: Style

    static let maxWidth = 80
    static let minWidth = 40

    init(width: Int = maxWidth, style: Style = .plain) {
        self.width = min(max(width, Self.minWidth), Self.maxWidth)
        self.style = style
    }

    func text(on topic: HelpTopic) -> String {
        switch topic {
        case .everything: overview
        case .family(let family): page(ofFamily: family)
        case .command(let name): page(of: CommandTable.command(name))
        }
    }
}

/// The pages.
extension HelpPage {
    private var overview: String {
        var sections = [
            title("sandboa", "runs Python you don't trust, behind kernel walls"),
            section("Usage", indented(CommandParser.usage)),
        ]
        let all = CommandTable.commands.map { $0.brief.count }.max() ?? 0
        for group in Command.Group.allCases {
            let rows = CommandTable.commands(in: group).map { command in
                (command.brief.padding(to: all), command.summary)
            }
            sections.append(section(group.rawValue, list(rows)))
        }
        sections.append(
            section(
                "Start here",
                list([
                    ("sandboa demo", "Watch it hold"),
                    ("sandboa config CLIENT", "Connect your MCP client"),
                    ("sandboa help COMMAND", "Learn all about one command"),
                ])))
        sections.append(section("Exit status", list(ExitCode.allCases.map(row(of:)))))
        return sections.joined(separator: "\n")
    }

    private func page(ofFamily family: String) -> String {
        let commands = CommandTable.commands(ofFamily: family)
        return [
            title(
                "sandboa \(family)",
                CommandTable.summary(ofFirstWord: family).lowercasedFirst),
            section("Usage", indented("sandboa \(family) COMMAND [OPTIONS]")),
            section("Commands", list(commands.map { ($0.brief, $0.summary) })),
            indented("`sandboa \(family) COMMAND --help` tells more."),
        ].joined(separator: "\n")
    }

    private func page(of command: Command) -> String {
        var sections = [
            title("sandboa \(command.name.rawValue)", command.summary.lowercasedFirst),
            section("Usage", indented(command.usage)),
        ]
        sections += command.details.map(paragraph)
        if !command.operands.isEmpty {
            sections.append(
                section("Operands", list(command.operands.map { ($0.name, $0.summary) })))
        }
        let options = command.options.map { ($0.spelling, $0.summary) }
        sections.append(section("Options", list(options + [("--help, -h", "Show this page")])))
        sections += command.notes.map(paragraph)
        let examples = command.examples.map { example in
            indented(example.line, .name) + indented("  " + example.purpose)
        }
        sections.append(section("Examples", examples.joined(separator: "\n")))
        sections.append(
            section(
                "Exit status",
                list(command.exits.map { (String($0.code.rawValue), $0.meaning) })))
        return sections.joined(separator: "\n")
    }
}

/// The parts of a page; each ends with a newline.
extension HelpPage {
    private func title(_ name: String, _ text: String) -> String {
        style.paint(name, .heading) + ": " + text + "\n"
    }

    private func section(_ heading: String, _ body: String) -> String {
        style.paint(heading, .heading) + "\n" + body
    }

    private func indented(_ line: String, _ tone: Tone = .plain) -> String {
        "  " + style.paint(line, tone) + "\n"
    }

    private func paragraph(_ text: String) -> String {
        text.wrapped(to: width - 2).map { indented($0) }.joined()
    }

    private func row(of code: ExitCode) -> (String, String) {
        (String(code.rawValue), code.meaning)
    }

    private func list(_ rows: [(String, String)]) -> String {
        let cells = rows.map { [Table.Cell($0.0, .name), Table.Cell($0.1)] }
        return Table(columns: [.init(), .init()], rows: cells, indent: 2)
            .text(width: width, style: style)
    }
}
