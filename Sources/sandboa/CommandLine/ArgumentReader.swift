/// Collects the options and operands of one command, word by word.
struct ArgumentReader {
    private let command: Command
    private let values: ValueReader
    private var options: [String: [Value]] = [:]
    private var operands: [String: [Value]] = [:]
    /// What stood in front of `--` without a name.
    private var plain: [String] = []
    /// What stood behind it.
    private var behindDashes: [String] = []

    init(command: Command, values: ValueReader) {
        self.command = command
        self.values = values
    }

    mutating func takeAll(_ words: [String]) throws(UsageError) {
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                takeBehindDashes(Array(rest))
                return
            }
            guard word.hasPrefix("-"), word.utf8.count > 1 else {
                plain.append(word)
                continue
            }
            try take(word, next: &rest)
        }
    }

    /// An option that stands alone.
    mutating func take(_ word: String) throws(UsageError) {
        var nothing: ArraySlice<String> = []
        try take(word, next: &nothing)
    }

    /// Gives every operand its words, checks that none is missing and none is left.
    func finish() throws(UsageError) -> Invocation {
        var reader = self
        var rest = plain[...]
        for operand in command.operands {
            switch operand.count {
            case .once:
                guard let word = rest.popFirst() else { throw missing(operand) }
                try reader.take(word, as: operand)
            case .any:
                for word in rest { try reader.take(word, as: operand) }
                rest = []
            case .anyBehindDashes:
                // Handed on untouched: an empty argument is an argument.
                reader.operands[operand.name] = behindDashes.map { .text($0) }
            }
        }
        if let extra = rest.first { throw surplus(extra) }
        try reader.refuseRivals()
        return Invocation(
            command: command.name, options: reader.options, operands: reader.operands)
    }
}

extension ArgumentReader {
    /// Only a command that hands words on tells them from its own operands.
    private mutating func takeBehindDashes(_ words: [String]) {
        if command.operands.contains(where: { $0.count == .anyBehindDashes }) {
            behindDashes = words
        } else {
            plain += words
        }
    }

    private mutating func take(
        _ word: String, next rest: inout ArraySlice<String>
    ) throws(UsageError) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let spelled = String(parts[0])
        guard spelled.hasPrefix("--"),
            let option = command.option(named: String(spelled.dropFirst(2)))
        else { throw unknown(spelled) }
        guard option.repeats || options[option.name] == nil else { throw repeated(option) }
        if option.kind == .flag, parts.count == 1 {
            options[option.name] = [.flag]
            return
        }
        let text = parts.count == 2 ? String(parts[1]) : try valueBehind(option, in: &rest)
        let value = try read(text, as: option.kind, named: "--\(option.name)")
        try refuseTwin(of: value, among: options[option.name] ?? [], named: "--\(option.name)")
        options[option.name, default: []].append(value)
    }

    private func valueBehind(
        _ option: Option, in rest: inout ArraySlice<String>
    ) throws(UsageError) -> String {
        guard let word = rest.first, !word.hasPrefix("-") || word == "-" else {
            throw noValue(option, next: rest.first)
        }
        rest.removeFirst()
        return word
    }

    private mutating func take(_ word: String, as operand: Operand) throws(UsageError) {
        let value = try read(word, as: operand.kind, named: operand.name)
        try refuseTwin(of: value, among: operands[operand.name] ?? [], named: operand.name)
        operands[operand.name, default: []].append(value)
    }

    private func read(
        _ text: String, as kind: ValueKind, named name: String
    ) throws(UsageError) -> Value {
        do throws(ValueError) {
            return try values.read(text, as: kind)
        } catch {
            throw usageError("\(name) \(error.problem).", error.advice)
        }
    }
}

/// What can be wrong with the words of a command.
extension ArgumentReader {
    private func usageError(_ message: String, _ advice: String? = nil) -> UsageError {
        UsageError(
            message: message, advice: advice, usage: command.usage,
            help: "sandboa \(command.name.rawValue) --help")
    }

    private func unknown(_ spelled: String) -> UsageError {
        let known = command.options.map { "--\($0.name)" }
        let others = known.isEmpty ? "It has none." : nil
        return usageError(
            "`\(command.name.rawValue)` has no option \(spelled).",
            Nearest.to(spelled, among: known + ["--help"]).map { "Did you mean \($0)?" } ?? others)
    }

    private func repeated(_ option: Option) -> UsageError {
        usageError("--\(option.name) is given twice.", "Leave one out.")
    }

    private func noValue(_ option: Option, next: String?) -> UsageError {
        var advice: String?
        if let next, next != "--" {
            advice = "If `\(next)` is the value, write --\(option.name)=\(next)"
        }
        return usageError("--\(option.name) needs a value: \(option.placeholder).", advice)
    }

    private func missing(_ operand: Operand) -> UsageError {
        usageError("\(operand.name) is missing.", "\(operand.name): \(operand.summary).")
    }

    private func surplus(_ word: String) -> UsageError {
        let dashes = command.operands.first { $0.count == .anyBehindDashes }
        return usageError(
            "`\(word)` is one word too many.",
            dashes.map { "\($0.name)s of the program go behind `--`." })
    }

    private func refuseTwin(
        of value: Value, among earlier: [Value], named name: String
    ) throws(UsageError) {
        guard case .pair(let pair) = value else { return }
        for case .pair(let other) in earlier where other.name == pair.name {
            throw usageError("\(name) gives `\(pair.name)` twice.", "Leave one out.")
        }
    }

    private func refuseRivals() throws(UsageError) {
        for option in command.options where options[option.name] != nil {
            guard let operand = option.replaces, operands[operand] != nil else { continue }
            throw usageError(
                "--\(option.name) and \(operand) can't be given together.",
                "Put everything into --\(option.name).")
        }
    }
}
