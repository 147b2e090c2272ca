import Notation

/// A command line that was understood: a command and its values, each checked for its kind.
///
/// INVARIANT: an accessor is asked only for what the command declares, with the kind it declares;
/// anything else is a mistake in this program and traps.
struct Invocation: Hashable, Sendable {
    let command: CommandName
    /// What `help` and `--help` were asked about.
    let topic: HelpTopic
    private let options: [String: [Value]]
    private let operands: [String: [Value]]

    init(
        command: CommandName, topic: HelpTopic = .everything,
        options: [String: [Value]] = [:], operands: [String: [Value]] = [:]
    ) {
        self.command = command
        self.topic = topic
        self.options = options
        self.operands = operands
    }

    /// Whether the command has this option at all.
    func accepts(_ option: Option) -> Bool {
        CommandTable.command(command).options.contains(option)
    }

    /// Whether a flag is set.
    func has(_ option: Option) -> Bool {
        !values(of: option).isEmpty
    }

    func text(_ option: Option) -> String? {
        one(option).map { value in
            guard case .text(let text) = value else { mismatch(option.spelling, "a text") }
            return text
        }
    }

    func integer(_ option: Option) -> Int64? {
        one(option).map { value in
            guard case .integer(let number) = value else { mismatch(option.spelling, "a number") }
            return number
        }
    }

    func duration(_ option: Option) -> Duration? {
        one(option).map { value in
            guard case .duration(let span) = value else { mismatch(option.spelling, "a time") }
            return span
        }
    }

    /// In bytes.
    func size(_ option: Option) -> Int64? {
        one(option).map { value in
            guard case .size(let bytes) = value else { mismatch(option.spelling, "a size") }
            return bytes
        }
    }

    /// Nil when the option wasn't given; never an empty list.
    func names(_ option: Option) -> [String]? {
        one(option).map { value in
            guard case .names(let names) = value else { mismatch(option.spelling, "names") }
            return names
        }
    }

    func pair(_ option: Option) -> Pair? {
        one(option).map { pair(in: $0, of: option.spelling) }
    }

    func object(_ option: Option) -> JSONObject? {
        one(option).map { value in
            guard case .object(let object) = value else { mismatch(option.spelling, "an object") }
            return object
        }
    }

    /// In the order they were written, each name once.
    func pairs(_ option: Option) -> [Pair] {
        values(of: option).map { pair(in: $0, of: option.spelling) }
    }

    /// An operand that is written once is always there.
    func text(_ operand: Operand) -> String {
        guard operand.count == .once, let value = values(of: operand).first else {
            preconditionFailure("`\(command.rawValue)` promises no single \(operand.name).")
        }
        return text(in: value, of: operand.name)
    }

    func texts(_ operand: Operand) -> [String] {
        values(of: operand).map { text(in: $0, of: operand.name) }
    }

    /// In the order they were written, each name once.
    func pairs(_ operand: Operand) -> [Pair] {
        values(of: operand).map { pair(in: $0, of: operand.name) }
    }
}

extension Invocation {
    private func one(_ option: Option) -> Value? {
        precondition(!option.repeats, "\(option.spelling) may be given more than once.")
        return values(of: option).first
    }

    private func values(of option: Option) -> [Value] {
        let declared = CommandTable.command(command).options.contains(option)
        precondition(declared, "`\(command.rawValue)` has no \(option.spelling).")
        return options[option.name] ?? []
    }

    private func values(of operand: Operand) -> [Value] {
        let declared = CommandTable.command(command).operands.contains(operand)
        precondition(declared, "`\(command.rawValue)` has no \(operand.name).")
        return operands[operand.name] ?? []
    }

    private func text(in value: Value, of name: String) -> String {
        guard case .text(let text) = value else { mismatch(name, "a text") }
        return text
    }

    private func pair(in value: Value, of name: String) -> Pair {
        guard case .pair(let pair) = value else { mismatch(name, "a pair") }
        return pair
    }

    private func mismatch(_ name: String, _ kind: String) -> Never {
        preconditionFailure("\(name) isn't \(kind).")
    }
}
