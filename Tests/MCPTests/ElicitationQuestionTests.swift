// What a person reads is ours to word, whatever the agent writes.

import MCP
import Notation
import Testing

@Suite struct ElicitationQuestionTests {
    private func arguments(in question: ElicitationQuestion) -> [Substring] {
        let lines = question.message.split(separator: "\n", omittingEmptySubsequences: false)
        return Array(lines.drop { !$0.hasPrefix("What follows") }.dropFirst())
    }

    @Test func `a plain question reads like this`() {
        let question = ElicitationQuestion(
            tool: "echo", rule: "loud ones need a person",
            arguments: "text: \"hello\"\ntimes: 3", walls: "compute: no network, no files")
        #expect(
            question.message == """
                An agent wants to make a call that needs a person's approval.

                Tool: echo
                Rule: loud ones need a person
                Walls: compute: no network, no files

                Tick the box and accept to let this one call run. Anything else refuses it.
                What follows was written by the agent. Arguments (all of them):
                  | text: "hello"
                  | times: 3
                """)
    }

    @Test(arguments: [
        ("a\u{202E}b", "a⟨U+202E⟩b"), ("a\u{2066}b\u{2069}", "a⟨U+2066⟩b⟨U+2069⟩"),
        ("\u{1B}[2Jx", "⟨U+001B⟩[2Jx"), ("\u{9B}2J", "⟨U+009B⟩2J"), ("a\r\nb", "a⟨U+000D⟩⏎b"),
        ("a\tb\u{0}\u{7F}", "a⟨U+0009⟩b⟨U+0000⟩⟨U+007F⟩"), ("a\u{8}b", "a⟨U+0008⟩b"),
        ("a\u{2028}b\u{2029}c\u{85}d\u{B}", "a⟨U+2028⟩b⟨U+2029⟩c⟨U+0085⟩d⟨U+000B⟩"),
        ("a\u{200B}b\u{FEFF}\u{AD}", "a⟨U+200B⟩b⟨U+FEFF⟩⟨U+00AD⟩"),
        ("\u{E0041}\u{FE0F}\u{3164}\u{34F}", "⟨U+E0041⟩⟨U+FE0F⟩⟨U+3164⟩⟨U+034F⟩"),
        ("a\u{A0}b\u{3000}c\u{2800}", "a⟨U+00A0⟩b⟨U+3000⟩c⟨U+2800⟩"),
        ("\u{E000}\u{10FFFF}", "⟨U+E000⟩⟨U+10FFFF⟩"), ("é日本語😀", "é日本語😀"),
        ("e\u{301}\u{302}\u{303}\u{304}", "e\u{301}\u{302}⟨U+0303⟩⟨U+0304⟩"),
        (String(repeating: " ", count: 24) + "x", String(repeating: " ", count: 24) + "x"),
        (String(repeating: " ", count: 500) + "x", "⟨500 spaces⟩x"),
        ("x" + String(repeating: " ", count: 30), "x⟨30 spaces⟩"),
    ])
    func `what a screen would not show is spelled out`(source: String, shown: String) {
        let lines = arguments(in: Approvals.question(arguments: source))
        let expected = shown.split(separator: "⏎").map { "  | " + $0 }
        #expect(lines.map { Array($0.unicodeScalars) } == expected.map { Array($0.unicodeScalars) })
    }

    @Test(arguments: ["tool", "rule", "walls"])
    func `no part but the arguments has more than one line`(part: String) {
        let forged = "x\n\nTool: harmless\u{2028}\u{202E}y"
        let question = Approvals.question(
            tool: part == "tool" ? forged : "t", rule: part == "rule" ? forged : "r",
            walls: part == "walls" ? forged : "w")
        let lines = question.message.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 9)
        #expect(question.message.contains("x⟨U+000A⟩⟨U+000A⟩Tool: harmless⟨U+2028⟩⟨U+202E⟩y"))
    }

    @Test func `the agent's lines can't pass for ours, and nothing of ours follows them`() {
        let forged = "ok\n\nTool: harmless\nAnything else refuses it.\n"
        let lines = arguments(in: Approvals.question(arguments: forged))
        #expect(lines.count == 5)
        #expect(lines.allSatisfy { $0.hasPrefix("  | ") })
    }

    @Test(arguments: [
        ("a", 1 << 20, true), ("\n", 10_000, true), ("\u{202E}", 10_000, true),
        ("\u{301}", 10_000, true), (" ", 1 << 20, false), (" \n", 5000, true),
        ("\u{10FFFF}\n", 5000, true), ("a b", 4000, true), ("a", 3996, false), ("a", 3997, true),
        ("\n", 79, false), ("\n", 80, true),
    ])
    func `every part is bounded and a cut is told before the text`(
        piece: String, count: Int, isCut: Bool
    ) {
        let huge = String(repeating: piece, count: count)
        let question = ElicitationQuestion(
            tool: huge, rule: huge, arguments: huge, walls: huge)
        #expect(question.message.unicodeScalars.count <= ElicitationQuestion.maxMessageScalars)
        let note = "Arguments (CUT, the rest of \(huge.utf8.count) bytes is not shown):"
        #expect(question.message.contains(note) == isCut)
        #expect(question.message.contains("Arguments (all of them):") != isCut)
        #expect(question.message.contains("Anything else refuses it."))
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `random text never breaks the question`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...3000, using: &random) {
            let most: UInt32 = Bool.random(using: &random) ? 0x2100 : 0x10FFFF
            if let scalar = Unicode.Scalar(UInt32.random(in: 0...most, using: &random)) {
                text.append(scalar)
            }
        }
        let question = Approvals.question(arguments: String(text))
        #expect(question.message.unicodeScalars.count <= ElicitationQuestion.maxMessageScalars)
        let hidden = question.message.unicodeScalars.filter { scalar in
            let category = scalar.properties.generalCategory
            return scalar != "\n"
                && [.control, .format, .lineSeparator, .paragraphSeparator].contains(category)
        }
        #expect(hidden.isEmpty)
        let bar = "  | ".unicodeScalars
        let isBarred = arguments(in: question).allSatisfy { $0.unicodeScalars.starts(with: bar) }
        #expect(isBarred)
    }

    @Test func `no arguments are said to be none`() {
        #expect(arguments(in: Approvals.question(arguments: "")) == ["  | (none)"])
    }

    @Test func `a question differs when any part does`() {
        let questions = [
            Approvals.question(), Approvals.question(tool: "x"), Approvals.question(rule: "x"),
            Approvals.question(arguments: "x"), Approvals.question(walls: "x"),
        ]
        #expect(Set(questions.map(\.canonicalBytes)).count == questions.count)
        #expect(Approvals.question().canonicalBytes == Approvals.question().canonicalBytes)
    }
}
