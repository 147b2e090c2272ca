// When there are colors, and when there are none.

import Testing

@testable import sandboa

@Suite struct StyleTests {
    @Test(
        arguments: [
            (true, nil, "xterm-256color", true), (true, "", "xterm", true),
            (true, "1", "xterm", false),
            (true, nil, "dumb", false), (true, nil, "", false), (true, nil, nil, false),
            (false, nil, "xterm", false),
        ] as [(Bool, String?, String?, Bool)])
    func `color needs a terminal that knows it and a user who wants it`(
        isTerminal: Bool, noColor: String?, term: String?, expected: Bool
    ) {
        #expect(Style(isTerminal: isTerminal, noColor: noColor, term: term).color == expected)
    }

    @Test(arguments: Tone.allCases)
    func `every tone ends what it begins`(tone: Tone) {
        #expect(Style.plain.paint("x", tone) == "x")
        let painted = Style(color: true).paint("x", tone)
        #expect(withoutColor(painted) == "x")
        #expect((painted == "x") == (tone == .plain))
        #expect(tone == .plain || painted.hasSuffix("\u{1B}[0m"))
    }
}
