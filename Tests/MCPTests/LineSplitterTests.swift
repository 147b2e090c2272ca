// Lines come out whole, whatever way the bytes were cut.

import MCP
import Testing

@Suite struct LineSplitterTests {
    /// A splitter a test can talk to in text.
    private final class Stream {
        private var splitter: LineSplitter

        init(limit: Int = LineSplitter.standardMaxLineBytes) {
            splitter = LineSplitter(maxLineBytes: limit)
        }

        func feed(_ text: String) -> [String] {
            splitter.feed(Array(text.utf8)).map(describe)
        }

        func finish() -> String? {
            splitter.finish().map(describe)
        }

        private func describe(_ item: LineSplitter.Item) -> String {
            switch item {
            case .line(let bytes): String(decoding: bytes, as: UTF8.self)
            case .tooLong(let bytes): "too long: \(bytes)"
            }
        }
    }

    @Test func `glued lines come out one by one`() {
        let stream = Stream()
        #expect(stream.feed("one\ntwo\r\nthree\n") == ["one", "two", "three"])
    }

    @Test func `a split line comes out whole`() {
        let stream = Stream()
        #expect(stream.feed("on") == [])
        #expect(stream.feed("e\r") == [])
        #expect(stream.feed("\ntw") == ["one"])
        #expect(stream.feed("o\n") == ["two"])
    }

    @Test func `blank lines mean nothing`() {
        let stream = Stream()
        #expect(stream.feed("\n\r\n  \t \n \r\r\nx\n\n") == ["x"])
    }

    @Test func `a line of exactly the limit passes, one byte more does not`() {
        let stream = Stream(limit: 4)
        #expect(stream.feed("abcd\nabcde\nok\n") == ["abcd", "too long: 5", "ok"])
    }

    @Test func `service goes on after a line that is too long in pieces`() {
        let stream = Stream(limit: 4)
        #expect(stream.feed("abc") == [])
        #expect(stream.feed("def") == [])
        #expect(stream.feed("ghi") == [])
        #expect(stream.feed("j\nok\n") == ["too long: 10", "ok"])
    }

    @Test func `the last line counts without its end`() {
        let stream = Stream(limit: 4)
        _ = stream.feed("a\nb")
        #expect(stream.finish() == "b")
        #expect(stream.finish() == nil)
        _ = stream.feed("abcdef")
        #expect(stream.finish() == "too long: 6")
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `cutting the stream differently changes nothing`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("ab \t\r\n\n".utf8)
        let stream = (0..<200).map { _ in alphabet.randomElement(using: &random) ?? 0 }
        var whole = LineSplitter(maxLineBytes: 12)
        let expected = whole.feed(stream) + [whole.finish()].compactMap(\.self)

        var pieces = LineSplitter(maxLineBytes: 12)
        var found: [LineSplitter.Item] = []
        var rest = stream[...]
        while !rest.isEmpty {
            let count = Int.random(in: 0...20, using: &random)
            found += pieces.feed(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        found += [pieces.finish()].compactMap(\.self)
        #expect(found == expected)
    }

    @Test func `a line that comes byte by byte costs linear time`() {
        // A rescan of what is held would look at 8 * 10^10 bytes here, and never come back.
        var splitter = LineSplitter()
        let byte: [UInt8] = [0x61]
        for _ in 0..<400_000 {
            _ = splitter.feed(byte)
        }
        let lines = splitter.feed([0x0A])
        #expect(lines.count == 1)
    }
}
