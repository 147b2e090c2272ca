// What a run prints must not drive the reader's terminal.

import Testing

@testable import sandboa

@Suite struct TerminalFilterTests {
    private static func clean(_ pieces: [[UInt8]]) -> String {
        var filter = TerminalFilter()
        let bytes = pieces.flatMap { filter.clean($0[...]) }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `ordinary text passes as it is`() {
        let text = "a\tb\r\nÄ ¢ ½ 漢 🙂\n"
        #expect(Self.clean([Array(text.utf8)]) == text)
    }

    @Test func `escape sequences become visible`() {
        #expect(Self.clean([Array("\u{1B}[2J\u{7}\u{0}\u{7F}".utf8)]) == "^[[2J^G^@^?")
    }

    @Test func `eight-bit controls are replaced, also across pieces`() {
        #expect(Self.clean([Array("a\u{9B}31m".utf8)]) == "a\u{FFFD}31m")
        #expect(Self.clean([[0x61, 0xC2], [0x9B, 0x62]]) == "a\u{FFFD}b")
        #expect(Self.clean([[0xC2], [0xA2]]) == "¢")
    }

    @Test func `no control byte survives any cutting`() {
        let bytes = (0...255).map { UInt8($0) } + [0xC2, 0x80, 0xC2, 0x9F, 0x1B]
        for cut in 0..<bytes.count {
            var filter = TerminalFilter()
            let result = filter.clean(bytes[..<cut]) + filter.clean(bytes[cut...])
            #expect(
                !result.contains { $0 < 0x20 && ![0x09, 0x0A, 0x0D].contains($0) || $0 == 0x7F })
        }
    }
}
