/// One command: all that the parser, help, completions and the man page know of it.
struct Command: Sendable {
    /// The heading a command stands under in help, in order.
    enum Group: String, CaseIterable, Sendable {
        case use = "Use it"
        case judge = "Judge it"
        case check = "Check it"
        case setUp = "Set it up"
    }

    /// A command line and what it is good for.
    struct Example: Sendable {
        let line: String
        let purpose: String
    }

    /// What an exit status means for this command.
    struct Exit: Sendable {
        let code: ExitCode
        let meaning: String

        init(_ code: ExitCode, _ meaning: String? = nil) {
            self.code = code
            self.meaning = meaning ?? code.meaning
        }
    }

    let name: CommandName
    let group: Group
    /// At most `maxSummary` characters, no full stop: a line of a list.
    let summary: String
    /// Paragraphs; a `quoted` word is something to type or a name.
    let details: [String]
    var operands: [Operand] = []
    var options: [Option] = []
    let examples: [Example]
    let exits: [Exit]

    /// So that a line of the top page fits into 80 columns.
    static let maxSummary = 55

    /// The command with its operands: `exec FILE [-- ARGUMENT...]`.
    var signature: String {
        ([name.rawValue] + operands.map(\.usage)).joined(separator: " ")
    }

    /// The whole usage line, with the program's name.
    var usage: String {
        let front = options.isEmpty ? "" : " [OPTIONS]"
        let operands = operands.map { " " + $0.usage }.joined()
        return "sandboa \(name.rawValue)\(front)\(operands)"
    }

    func option(named name: String) -> Option? {
        options.first { $0.name == name }
    }
}
