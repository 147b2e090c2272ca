// The one table of commands is whole and agrees with itself.

import Testing

@testable import sandboa

@Suite struct CommandTableTests {
    @Test func `every name has exactly one entry`() {
        #expect(CommandTable.commands.map(\.name) == CommandName.allCases)
    }

    @Test func `the families are the first words of the two-word commands`() {
        let words = Set(CommandName.allCases.filter { $0.words.count > 1 }.map { $0.words[0] })
        #expect(Set(CommandTable.families.map(\.word)) == words)
        #expect(CommandTable.families.allSatisfy { CommandName(rawValue: $0.word) == nil })
    }

    @Test(arguments: CommandTable.commands.map(\.name))
    func `a command keeps the rules of the table`(name: CommandName) {
        let command = CommandTable.command(name)
        #expect(command.summary.count <= Command.maxSummary && command.summary.last != ".")
        #expect(!command.details.isEmpty && !command.examples.isEmpty)
        #expect(command.details.allSatisfy { $0.hasSuffix(".") })
        #expect(command.exits.map(\.code.rawValue) == command.exits.map(\.code.rawValue).sorted())
        #expect(command.exits.contains { $0.code == .ok })
        #expect(command.exits.contains { $0.code == .usage })
        #expect(Set(command.options.map(\.name)).count == command.options.count)
        #expect(command.option(named: "help") == nil)
        for option in command.options {
            #expect(option.summary.count <= Option.maxSummary && option.summary.last != ".")
            #expect(option.placeholder.isEmpty == (option.kind == .flag))
            #expect(option.name.isName)
        }
        #expect(Set(command.operands.map(\.name)).count == command.operands.count)
        #expect(command.operands.filter { $0.count == .any }.count <= 1)
    }

    /// But for --profile, which chooses walls where one program runs, and replaces them elsewhere.
    @Test func `options of one name are one option`() {
        let all = CommandTable.commands.flatMap(\.options).filter { $0 != .runProfile }
        for option in all { #expect(all.allSatisfy { $0.name != option.name || $0 == option }) }
    }

    /// An example that doesn't parse teaches a mistake.
    @Test(arguments: CommandTable.commands.flatMap { $0.examples.map(\.line) })
    func `every example parses`(line: String) throws {
        let start = try #require(line.firstRange(of: "sandboa "))
        let words = try shellWords(line[start.upperBound...])
        #expect(throws: Never.self) { try CommandParser().parse(words) }
    }

    /// Splits at spaces outside single quotes, up to a pipe, a redirection or a parenthesis: all
    /// that the examples use of the shell.
    private func shellWords(_ line: Substring) throws -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        for character in line + "|" {
            if !isQuoted, ")|>".contains(character) { break }
            switch character {
            case "'": isQuoted.toggle()
            case " " where !isQuoted:
                if !word.isEmpty { words.append(word) }
                word = ""
            default: word.append(character)
            }
        }
        try #require(!isQuoted)
        return word.isEmpty ? words : words + [word]
    }
}
