// What is typed with a colon.

import Testing

@testable import sandboa

@Suite struct ReplCommandTests {
    @Test(arguments: [
        (":checkpoint", ReplCommand.checkpoint(label: nil)),
        (":checkpoint before", .checkpoint(label: "before")),
        (":rollback", .rollback(snapshot: nil)),
        (":rollback ab", .rollback(snapshot: "ab")), (":branch ab", .branch(snapshot: "ab")),
        (":switch  other ", .switchTo(session: "other")), (":sessions", .sessions),
        (":tree", .tree), (":history", .history), (":clear", .clear), (":help", .help),
        (":quit", .quit),
    ])
    func `a command is read`(line: String, command: ReplCommand) throws {
        #expect(try ReplCommand(line) == command)
    }

    @Test(arguments: ["x", " :quit", "a[1:2]", ""])
    func `everything else is Python`(line: String) throws {
        #expect(try ReplCommand(line) == nil)
    }

    @Test(arguments: [":", ":quite", ":switch", ":quit now", ":rollback a b"])
    func `a wrong one is explained`(line: String) {
        let problem = #expect(throws: ReplCommand.Problem.self) { try ReplCommand(line) }
        #expect(problem?.message.isEmpty == false)
    }

    @Test func `help fits a terminal and names every command`() {
        let lines = ReplCommand.helpText.split(separator: "\n")
        #expect(lines.count == 10 && lines.allSatisfy { $0.count <= 80 })
    }
}
