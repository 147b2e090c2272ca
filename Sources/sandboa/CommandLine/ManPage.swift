/// The page sandboa(1), in roff's man macros, written from the command table.
struct ManPage: Sendable {
    let version: String
    /// Of the release, `YYYY-MM-DD`.
    let date: String

    var text: String {
        let lines =
            [
                ".\\\" Made by `sandboa man`; don't edit.",
                ".TH SANDBOA 1 \(quoted(date)) \(quoted("sandboa " + version)) "
                    + quoted("User Commands"),
                ".SH NAME",
                "sandboa \\- run untrusted Python behind kernel walls",
                ".SH SYNOPSIS",
                ".B sandboa",
                escaped("COMMAND [OPTIONS] [OPERANDS]"),
            ] + description + Command.Group.allCases.flatMap(commands(in:)) + values + exits
        return lines.joined(separator: "\n") + "\n"
    }

    private var description: [String] {
        [
            ".SH DESCRIPTION",
            escaped(
                "An MCP client starts sandboa so that an agent can run Python without being "
                    + "trusted: every call runs in a fresh process behind walls that the kernel "
                    + "keeps. From the shell it runs programs and calls tools the same way."),
        ]
    }

    private func commands(in group: Command.Group) -> [String] {
        [".SH " + quoted(group.rawValue.uppercased())]
            + CommandTable.commands(in: group).flatMap(section(of:))
    }

    private func section(of command: Command) -> [String] {
        var lines = [".SS " + quoted(command.usage), escaped(command.summary + ".")]
        for paragraph in command.details { lines += [".PP", escaped(paragraph)] }
        lines += command.operands.flatMap { item($0.name, $0.summary + ".") }
        lines += command.options.flatMap { item($0.spelling, $0.summary + ".") }
        for example in command.examples {
            lines += [".PP", escaped(example.purpose + ":")]
            lines += [".PP", ".RS 4", ".nf", escaped(example.line), ".fi", ".RE"]
        }
        lines += [".PP", "Exit status:"]
        for exit in command.exits {
            lines += item(String(exit.code.rawValue), exit.meaning)
        }
        return lines
    }

    private var values: [String] {
        [
            ".SH VALUES", escaped(Command.timeNote), ".PP", escaped(Command.sizeNote), ".PP",
            escaped(
                "An option's value follows it as the next word or behind `=`. `--` ends the "
                    + "options. --help explains a command."),
        ]
    }

    private var exits: [String] {
        [".SH \"EXIT STATUS\""]
            + ExitCode.allCases.flatMap { item(String($0.rawValue), $0.meaning) }
    }

    private func item(_ term: String, _ text: String) -> [String] {
        [".TP", ".B " + quoted(term), escaped(text)]
    }

    /// A text line: no backslash, dash or quote keeps a meaning of roff's, and no first
    /// character makes it a request.
    private func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "'": result += "\\(aq"
            case "`": result += "\\(ga"
            case "~": result += "\\(ti"
            case "^": result += "\\(ha"
            case "\"": result += "\\(dq"
            default: result.append(character)
            }
        }
        return result.hasPrefix(".") ? "\\&" + result : result
    }

    /// One argument of a request.
    private func quoted(_ text: String) -> String {
        "\"" + escaped(text) + "\""
    }
}
