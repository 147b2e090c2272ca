// What can be typed that is no Python. Pure.

/// A line that begins with a colon.
enum ReplCommand: Hashable, Sendable {
    case checkpoint(label: String?)
    case rollback(snapshot: String?)
    case branch(snapshot: String?)
    case switchTo(session: String)
    case sessions, tree, history, clear, help, quit

    /// Why a line that begins with a colon is no command.
    struct Problem: Error, Hashable { let message: String }

    /// nil: the line is Python.
    init?(_ line: String) throws(Problem) {
        guard line.hasPrefix(":") else { return nil }
        let words = line.dropFirst().split { $0 == " " || $0 == "\t" }.map(String.init)
        let name = words.first ?? ""
        let argument = words.count == 2 ? words[1] : nil
        guard let usage = Self.usages.first(where: { $0.name == name }) else {
            throw Problem(
                message: "there is no command :\(name); :help lists them")
        }
        guard words.count <= (usage.argument.isEmpty ? 1 : 2) else {
            throw Problem(message: "write :\(name)\(usage.argument)")
        }
        switch name {
        case "checkpoint": self = .checkpoint(label: argument)
        case "rollback": self = .rollback(snapshot: argument)
        case "branch": self = .branch(snapshot: argument)
        case "switch":
            guard let argument else { throw Problem(message: "write :switch SESSION") }
            self = .switchTo(session: argument)
        case "sessions": self = .sessions
        case "tree": self = .tree
        case "history": self = .history
        case "clear": self = .clear
        case "quit": self = .quit
        default: self = .help
        }
    }

    private static let usages: [(name: String, argument: String, meaning: String)] = [
        ("checkpoint", " [LABEL]", "remember the session as it is now"),
        ("rollback", " [ID]", "go back to a snapshot: this one, or the last"),
        ("branch", " [ID]", "begin another session from a snapshot, or from now"),
        ("switch", " SESSION", "go on in another session; a new name begins one"),
        ("sessions", "", "list the sessions"),
        ("tree", "", "list all that came of this session's beginning"),
        ("history", "", "list the calls that made this session"),
        ("clear", "", "end this session"),
        ("help", "", "print this"),
        ("quit", "", "end everything"),
    ]

    static var helpText: String {
        usages.map { usage in
            let spelling = ":\(usage.name)\(usage.argument)"
            let padding = String(repeating: " ", count: max(1, 22 - spelling.count))
            return "  \(spelling)\(padding)\(usage.meaning)\n"
        }.joined()
    }
}
