// Help pages: their form, and that nothing is left out.

import Testing

@testable import sandboa

@Suite struct HelpPageTests {
    static let topics: [HelpTopic] =
        [.everything] + CommandTable.families.map { .family($0.word) }
        + CommandName.allCases.map { .command($0) }

    @Test(arguments: topics)
    func `a page fits into 80 columns and has no stray blanks`(topic: HelpTopic) {
        let page = HelpPage().text(on: topic)
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            #expect(line.count <= 80)
            #expect(line.last != " ")
        }
        #expect(page.hasSuffix("\n") && !page.hasSuffix("\n\n"))
        #expect(!page.contains("\n\n\n"))
        #expect(!page.contains("\u{1B}"))
    }

    @Test func `the overview names every command, under its heading`() throws {
        let page = HelpPage().text(on: .everything)
        for group in Command.Group.allCases {
            let heading = try #require(page.firstRange(of: "\n\(group.rawValue)\n"))
            let section = page[heading.upperBound...].prefix { _ in true }
            let end = section.firstRange(of: "\n\n")?.lowerBound ?? section.endIndex
            let lines = section[..<end].split(separator: "\n")
            let commands = CommandTable.commands(in: group)
            #expect(lines.count == commands.count)
            for (line, command) in zip(lines, commands) {
                #expect(line.hasPrefix("  " + command.brief) && line.hasSuffix(command.summary))
            }
        }
    }

    @Test(arguments: CommandName.allCases)
    func `a command's page has all its options, operands, examples and exits`(name: CommandName) {
        let command = CommandTable.command(name)
        let page = HelpPage().text(on: .command(name))
        #expect(page.contains(command.usage))
        #expect(page.contains("  --help"))
        for option in command.options { #expect(page.contains("  \(option.spelling)  ")) }
        for operand in command.operands { #expect(page.contains("  \(operand.name)  ")) }
        for example in command.examples { #expect(page.contains("  \(example.line)\n")) }
        for exit in command.exits { #expect(page.contains("  \(exit.code.rawValue)  ")) }
    }

    @Test func `color changes nothing but color`() {
        let style = Style(color: true)
        for topic in Self.topics {
            let colored = HelpPage(style: style).text(on: topic)
            #expect(colored.contains("\u{1B}[1m"))
            #expect(withoutColor(colored) == HelpPage().text(on: topic))
        }
    }

    @Test func `the width has a floor and a ceiling`() {
        #expect(HelpPage(width: 0).width == HelpPage.minWidth)
        #expect(HelpPage(width: 300).width == HelpPage.maxWidth)
        #expect(HelpPage(width: 61).width == 61)
    }
}

/// Takes out graphic renditions: ESC [ … m.
func withoutColor(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let escape = rest.firstRange(of: "\u{1B}[") {
        result += rest[..<escape.lowerBound]
        rest = rest[escape.upperBound...].drop { $0 != "m" }.dropFirst()
    }
    return result + rest
}
