// Tables, in columns and in one column.

import Testing

@testable import sandboa

@Suite struct TableTests {
    private let walls = Table(
        columns: [
            .init(title: "wall"), .init(title: "µs", alignment: .right), .init(title: "why"),
        ],
        rows: [
            [.init("seccomp", .good), "34", "system calls are filtered"],
            [.init("cgroups", .bad), "7", "the kernel gives an ordinary user no group of its own"],
        ])

    @Test func `columns are aligned under their titles`() {
        #expect(
            walls.text(width: 100, style: .plain) == """
                wall     µs  why
                seccomp  34  system calls are filtered
                cgroups   7  the kernel gives an ordinary user no group of its own

                """)
    }

    @Test func `the last column wraps to the width`() {
        #expect(
            walls.text(width: 40, style: .plain) == """
                wall     µs  why
                seccomp  34  system calls are filtered
                cgroups   7  the kernel gives an
                             ordinary user no group of
                             its own

                """)
    }

    @Test(arguments: 30...120)
    func `no line is wider than asked`(width: Int) {
        let lines = walls.text(width: width, style: .plain).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= width })
    }

    @Test func `color doesn't shift a column`() {
        let colored = walls.text(width: 60, style: Style(color: true))
        #expect(colored.contains("\u{1B}[32mseccomp\u{1B}[0m"))
        #expect(withoutColor(colored) == walls.text(width: 60, style: .plain))
    }

    @Test func `a cell can't play with the terminal`() {
        let table = Table(columns: [.init()], rows: [[.init("a\u{1B}[2J\u{202E}\r\n\u{9B}b")]])
        #expect(
            table.text(width: 80, style: .plain) == "a\\u{1b}[2J\\u{202e}\\u{d}\\u{a}\\u{9b}b\n")
    }

    @Test func `a table without rows shows its titles, or nothing`() {
        #expect(Table(columns: [.init(title: "a")]).text(width: 80, style: .plain) == "a\n")
        #expect(Table(columns: [.init()]).text(width: 80, style: .plain) == "")
    }

    @Test(arguments: [
        ("", 5, [""]), ("one two", 7, ["one two"]), ("one two", 6, ["one", "two"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]), ("a bcdefg h", 4, ["a", "bcde", "fg h"]),
        ("one   two", 80, ["one two"]),
    ])
    func `text wraps at spaces, and inside a word only when it must`(
        text: String, width: Int, lines: [String]
    ) {
        #expect(text.wrapped(to: width) == lines)
    }
}
