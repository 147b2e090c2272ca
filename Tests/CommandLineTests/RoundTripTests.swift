// A property: whatever line is written from the table is read as it was meant.

import Notation
import Testing

@testable import sandboa

@Suite struct RoundTripTests {
    @Test(arguments: 0..<300)
    func `what is written in any order and spelling is what is read`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let names = CommandName.allCases.filter { $0 != .help }
        let name = try #require(names.randomElement(using: &random))
        let command = CommandTable.command(name)
        var options: [String: [Value]] = [:]
        var operands: [String: [Value]] = [:]
        var groups: [[String]] = []
        for option in command.options where option.replaces == nil && Bool.random(using: &random) {
            let (text, value) = Self.sample(option.kind, using: &random)
            options[option.name] = [value]
            let spelled = "--" + option.name
            let joined = Bool.random(using: &random)
            groups.append(
                option.kind == .flag
                    ? [spelled] : joined ? ["\(spelled)=\(text)"] : [spelled, text])
        }
        groups.shuffle(using: &random)
        for operand in command.operands where operand.count != .anyBehindDashes {
            let (text, value) = Self.sample(operand.kind, using: &random)
            operands[operand.name] = [value]
            groups.insert([text], at: Self.place(behind: operands.count - 1, in: groups, &random))
        }
        var words = name.words + groups.flatMap { $0 }
        if let last = command.operands.first(where: { $0.count == .anyBehindDashes }) {
            words += ["--", "-a", "--json"]
            operands[last.name] = [.text("-a"), .text("--json")]
        }
        let read = try CommandParser(vocabulary: testVocabulary).parse(words)
        #expect(read == Invocation(command: name, options: options, operands: operands))
    }

    @Test(arguments: 0..<300)
    func `no heap of words breaks the parser`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pool =
            CommandTable.firstWords + ["build", "list", "--", "-", "=", "--=", "--json", "-h"]
            + ["", "a=b", "é=\u{301}", "\u{301}", "--\u{301}", "=\u{301}", "{}", "5s"]
            + ["python_execute"]
            + CommandTable.commands.flatMap(\.options).map { "--\($0.name)" }
            + CommandTable.commands.flatMap(\.options).map { "--\($0.name)=\u{FFFD}" }
        for _ in 0..<50 {
            let count = Int.random(in: 0...8, using: &random)
            let words = (0..<count).compactMap { _ in pool.randomElement(using: &random) }
            do throws(UsageError) {
                let invocation = try CommandParser(vocabulary: testVocabulary).parse(words)
                readEverything(invocation)
            } catch {
                #expect(!error.message.isEmpty && error.usage.hasPrefix("sandboa "))
            }
        }
    }

    /// Touches every value by the accessor of its kind: a wrong kind would trap.
    private func readEverything(_ invocation: Invocation) {
        let command = CommandTable.command(invocation.command)
        for option in command.options {
            switch option.kind {
            case .flag: _ = invocation.has(option)
            case .integer: _ = invocation.integer(option)
            case .duration: _ = invocation.duration(option)
            case .size: _ = invocation.size(option)
            case .names: _ = invocation.names(option)
            case .namedFile, .pair: _ = invocation.pairs(option)
            case .nameOrNamedFile: _ = invocation.pair(option)
            case .object: _ = invocation.object(option)
            case .text, .file, .directory, .choice, .name: _ = invocation.text(option)
            }
        }
        for operand in command.operands where operand.kind != .pair {
            _ = operand.count == .once ? invocation.text(operand) : invocation.texts(operand).first
        }
    }

    /// Somewhere behind the first `operands` operands, which are groups without a dash.
    private static func place(
        behind operands: Int, in groups: [[String]], _ random: inout SeededGenerator
    ) -> Int {
        var seen = 0
        var first = 0
        for (index, group) in groups.enumerated() where !group[0].hasPrefix("-") {
            seen += 1
            if seen == operands { first = index + 1 }
        }
        return Int.random(in: first...groups.count, using: &random)
    }

    /// A text and the value it stands for.
    private static func sample(
        _ kind: ValueKind, using random: inout SeededGenerator
    ) -> (String, Value) {
        switch kind {
        case .flag: ("", .flag)
        case .text, .file, .directory: ("x y/é=1", .text("x y/é=1"))
        case .integer(let range):
            number(in: range, using: &random)
        case .duration: ("1m1s1ms", .duration(.milliseconds(61_001)))
        case .size: ("3MiB", .size(3 << 20))
        case .choice(let words): (words[0], .text(words[0]))
        case .name(let lists):
            (testVocabulary.names(lists)[0], .text(testVocabulary.names(lists)[0]))
        case .names(let lists):
            lists == [.benchRows]
                ? ("a,b", .names(["a", "b"]))
                : (
                    testVocabulary.names(lists).joined(separator: ","),
                    .names(testVocabulary.names(lists))
                )
        case .namedFile, .nameOrNamedFile, .pair: ("k=v = w", .pair(Pair(name: "k", text: "v = w")))
        case .object: ("{}", .object([:]))
        }
    }

    private static func number(
        in range: ClosedRange<Int64>, using random: inout SeededGenerator
    ) -> (String, Value) {
        let number = Int64.random(in: range, using: &random)
        return (String(number), .integer(number))
    }
}
