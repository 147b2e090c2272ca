// Wrong command lines are answered with what is wrong and what to do.

import Testing

@testable import sandboa

@Suite struct UsageErrorTests {
    @Test(arguments: Refusal.all)
    func `a wrong line is refused with what is wrong and what to do`(refusal: Refusal) {
        let error = #expect(throws: UsageError.self) { try parse(refusal.line) }
        #expect(error?.message == refusal.message)
        #expect(error?.advice == refusal.advice)
        #expect(error?.usage.hasPrefix("sandboa ") == true)
    }

    @Test func `broken JSON is refused with the place`() {
        let error = #expect(throws: UsageError.self) {
            try parse("call python_execute --arguments {\"a\":")
        }
        #expect(error?.message.hasPrefix("--arguments is not JSON: ") == true)
        #expect(error?.message.contains("byte 5") == true)
    }

    @Test(arguments: ["5", "five", "-1s", "1s1s", "", "1e9s"])
    func `a time that can't be read is refused`(text: String) {
        let error = #expect(throws: UsageError.self) { try parse("exec --timeout=\(text) a") }
        #expect(error?.message.hasPrefix("--timeout can't be read: '\(text)'") == true)
    }

    @Test(arguments: ["5K", "big", "-1B", "", "99999999999999999999B", "9000000TiB"])
    func `a size that can't be read is refused`(text: String) {
        let error = #expect(throws: UsageError.self) { try parse("exec --memory=\(text) a") }
        #expect(error?.message.hasPrefix("--memory can't be read: '\(text)'") == true)
    }

    @Test func `too long a path is refused`() throws {
        let longest = String(repeating: "p", count: ValueKind.maxPathBytes)
        #expect(try CommandParser().parse(["exec", longest]).text(.program) == longest)
        #expect(throws: UsageError.self) { try CommandParser().parse(["exec", longest + "p"]) }
    }

    @Test func `too many names are refused`() throws {
        let names = (0...ValueKind.maxNames).map { "n\($0)" }
        let fits = names.dropLast().joined(separator: ",")
        #expect(
            try CommandParser().parse(["serve", "--tools", fits]).names(.toolSelection)?.count
                == ValueKind.maxNames)
        let tooMany = names.joined(separator: ",")
        #expect(throws: UsageError.self) {
            try CommandParser().parse(["serve", "--tools", tooMany])
        }
    }

    @Test func `the lines for standard error show the usage and can't touch the terminal`() {
        let error = #expect(throws: UsageError.self) {
            try CommandParser().parse(["exec", "a", "b\u{1B}[2Jc\nd"])
        }
        #expect(
            error?.text(style: .plain) == """
                sandboa: `b\\u{1b}[2Jc\\u{a}d` is one word too many.
                  ARGUMENTs of the program go behind `--`.
                  Usage: sandboa exec [OPTIONS] FILE [-- ARGUMENT...]
                  More:  sandboa exec --help

                """)
        #expect(UsageError.exitCode.rawValue == 2)
    }
}
