import Notation

/// Reads a command line: words in, a checked `Invocation` or a `UsageError` out. Pure.
///
/// The rules: options stand anywhere behind the command; `--name=VALUE` and `--name VALUE` are
/// the same; `--` ends the options; a value that begins with `-` needs the `=`; `--help` in front
/// of `--` wins over every mistake; names are never shortened, for a script that leans on a short
/// form breaks when an option is added.
///
/// The number and length of the words are bounded by the kernel (`execve`, E2BIG).
struct CommandParser: Sendable {
    let vocabulary: Vocabulary

    init(vocabulary: Vocabulary = Vocabulary()) {
        self.vocabulary = vocabulary
    }

    /// `words` are the program's arguments without its own name.
    func parse(_ words: [String]) throws(UsageError) -> Invocation {
        var (globals, rest) = split(words)
        if let place = globals.firstIndex(of: "--version") {
            globals.remove(at: place)
            rest.insert(CommandName.version.rawValue, at: 0)
        }
        let asksHelp = words.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
        if let stray = globals.first(where: { !Self.globalOptions.contains($0) }) {
            throw unknownCommandOption(stray)
        }
        guard !rest.isEmpty else { return Invocation(command: .help) }
        if asksHelp {
            return Invocation(command: .help, topic: try topic(leading(rest)))
        }
        let (command, tail) = try command(at: rest)
        var reader = ArgumentReader(command: command, values: ValueReader(vocabulary: vocabulary))
        for option in globals { try reader.take(option) }
        try reader.takeAll(tail)
        return try finish(reader)
    }

    /// The options that may stand in front of the command.
    static let globalOptions = ["--help", "-h", "--json", "--version"]

    private func finish(_ reader: ArgumentReader) throws(UsageError) -> Invocation {
        let invocation = try reader.finish()
        guard invocation.command == .help else { return invocation }
        return Invocation(command: .help, topic: try topic(invocation.texts(.topic)))
    }

    /// The words in front of the command, and the others.
    private func split(_ words: [String]) -> (globals: [String], rest: [String]) {
        let front = words.prefix { $0.hasPrefix("-") && $0.utf8.count > 1 && $0 != "--" }
        return (Array(front), Array(words.dropFirst(front.count)))
    }

    /// The words that may name a command: those in front of the first option.
    private func leading(_ words: [String]) -> [String] {
        let front = Array(words.prefix { !$0.hasPrefix("-") }.prefix(2))
        guard let first = front.first, CommandTable.isFamily(first) else {
            return Array(front.prefix(1))
        }
        return front
    }

    private func command(
        at words: [String]
    ) throws(UsageError) -> (command: Command, tail: [String]) {
        guard CommandTable.isFamily(words[0]) else {
            guard let name = CommandName(rawValue: words[0]) else {
                throw unknownCommand(words[0])
            }
            return (CommandTable.command(name), Array(words.dropFirst()))
        }
        guard words.count > 1, !words[1].hasPrefix("-") else {
            throw familyAlone(words[0])
        }
        guard let name = CommandName(rawValue: words[0] + " " + words[1]) else {
            throw unknownCommand(words[1], in: words[0])
        }
        return (CommandTable.command(name), Array(words.dropFirst(2)))
    }

    private func topic(_ words: [String]) throws(UsageError) -> HelpTopic {
        guard let first = words.first else { return .everything }
        if words.count == 1, CommandTable.isFamily(first) { return .family(first) }
        let command = try command(at: words)
        guard let extra = command.tail.first else { return .command(command.command.name) }
        throw UsageError(
            message: "`\(command.command.name.rawValue)` has no part `\(extra)` to explain.",
            usage: CommandTable.command(.help).usage,
            help: "sandboa help \(command.command.name.rawValue)")
    }
}

/// What can be wrong before a command is known.
extension CommandParser {
    static let usage = "sandboa COMMAND [OPTIONS]"

    private func unknownCommand(_ word: String) -> UsageError {
        UsageError(
            message: "there is no command `\(word)`.",
            advice: Nearest.to(word, among: CommandTable.firstWords).map {
                "Did you mean `sandboa \($0)`?"
            },
            usage: Self.usage, help: "sandboa --help")
    }

    private func unknownCommandOption(_ word: String) -> UsageError {
        UsageError(
            message: "no option \(word) can stand in front of the command.",
            advice: "Options go behind the command they belong to.",
            usage: Self.usage, help: "sandboa --help")
    }

    private func familyAlone(_ family: String) -> UsageError {
        UsageError(
            message: "`\(family)` needs to know what to do.",
            advice: "Say one of: \(secondWords(of: family).joined(separator: ", ")).",
            usage: familyUsage(family), help: "sandboa \(family) --help")
    }

    private func unknownCommand(_ word: String, in family: String) -> UsageError {
        let words = secondWords(of: family)
        return UsageError(
            message: "`\(family)` has no command `\(word)`.",
            advice: Nearest.to(word, among: words).map { "Did you mean `sandboa \(family) \($0)`?" }
                ?? "Say one of: \(words.joined(separator: ", ")).",
            usage: familyUsage(family), help: "sandboa \(family) --help")
    }

    private func secondWords(of family: String) -> [String] {
        CommandTable.commands(ofFamily: family).map { $0.name.words[1] }
    }

    private func familyUsage(_ family: String) -> String {
        "sandboa \(family) \(secondWords(of: family).joined(separator: "|")) [OPTIONS]"
    }
}
