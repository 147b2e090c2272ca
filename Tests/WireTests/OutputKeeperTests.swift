// Output of a run: whole while it is short, head and tail when it is long, and counts that are true.

import Testing

@testable import Wire

@Suite struct OutputKeeperTests {
    private func keep(_ bytes: [UInt8], shown: Int, chunk: Int = .max) -> OutputKeeper {
        var keeper = OutputKeeper(shownCharacters: shown)
        var rest = bytes[...]
        while !rest.isEmpty {
            keeper.append(rest.prefix(chunk))
            rest = rest.dropFirst(chunk)
        }
        return keeper
    }

    private func naive(_ bytes: [UInt8], shown: Int) -> CapturedText {
        var naive = NaiveKeeper()
        naive.append(bytes[...])
        return naive.text(shownCharacters: shown)
    }

    @Test func `nothing printed is nothing shown`() {
        let keeper = OutputKeeper(shownCharacters: 10)
        #expect(keeper.text(shownCharacters: 10) == .none)
        #expect(keeper.lastLine(limit: 10) == "")
    }

    @Test func `short output is shown whole`() {
        let text = keep(Array("Grüße\n".utf8), shown: 20).text(shownCharacters: 20)
        #expect(text == CapturedText(text: "Grüße\n", shown: 6, total: 6))
        #expect(!text.isCut)
    }

    @Test func `output at the limit is whole, one character more is cut`() {
        let whole = keep(Array("abcdefghij".utf8), shown: 10).text(shownCharacters: 10)
        #expect(whole.text == "abcdefghij")
        let cut = keep(Array("abcdefghijk".utf8), shown: 10).text(shownCharacters: 10)
        #expect(cut.text == "abcde\n[… 1 characters left out …]\nghijk")
        #expect((cut.shown, cut.total) == (10, 11))
        #expect(cut.isCut)
    }

    @Test func `long output shows its head and its tail, however it came`() {
        let bytes = Array((0..<20_000).map { "\($0)\n" }.joined().utf8)
        let expected = naive(bytes, shown: 1000)
        for chunk in [1, 7, 333, 65_536, .max] {
            let keeper = keep(bytes, shown: 1000, chunk: chunk)
            #expect(keeper.text(shownCharacters: 1000) == expected)
            #expect(keeper.totalBytes == Int64(bytes.count))
        }
    }

    /// Between one side and both: where head and tail meet.
    @Test(arguments: [39, 40, 41, 45, 60, 79, 80, 81, 119, 120, 121, 1000])
    func `the tail is whole wherever it begins`(count: Int) {
        let bytes = (0..<count).map { UInt8(ascii: "a") + UInt8($0 % 26) }
        #expect(
            keep(bytes, shown: 20).text(shownCharacters: 20) == naive(bytes, shown: 20))
    }

    @Test(arguments: [1, 2, 3, 4, 5, 7, 9, 19, 21])
    func `a limit may be odd and characters may be wide`(limit: Int) {
        for count in [limit - 1, limit, limit + 1, 3 * limit, 10 * limit] {
            let bytes = Array(String(repeating: "😀", count: max(0, count)).utf8)
            #expect(
                keep(bytes, shown: limit).text(shownCharacters: limit)
                    == naive(bytes, shown: limit))
        }
    }

    @Test(arguments: [
        [UInt8](repeating: 0x80, count: 100_000), [UInt8](repeating: 0xC3, count: 100_000),
        [UInt8](repeating: 0xFF, count: 100_000),
        Array(repeatElement([0xF0, 0x9F, 0x98], count: 30_000).joined()),
        Array(repeatElement([0xED, 0xA0, 0x80], count: 30_000).joined()),
    ])
    func `bytes that are no text are counted as they are shown, and cut like text`(bytes: [UInt8]) {
        let text = keep(bytes, shown: 1000).text(shownCharacters: 1000)
        #expect(text == naive(bytes, shown: 1000))
        #expect(text.text.unicodeScalars.count < 1100)
    }

    @Test(arguments: UInt64(0)..<150)
    func `equals the naive keeper on random bytes in random chunks`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let limit = Int.random(in: 1...30, using: &random)
        var keeper = OutputKeeper(shownCharacters: limit)
        var naive = NaiveKeeper()
        let alphabet: [[UInt8]] = [
            [0x61], [0x0A], Array("é".utf8), Array("€".utf8), Array("😀".utf8), [0x80], [0xFF],
            [0xE2, 0x82], [0xF0, 0x9F], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80],
            [0xE0, 0x9F, 0x80], [0xF0, 0x8F, 0x80], [0xF5], [0xE1, 0x80],
        ]
        let usable = Bool.random(using: &random) ? alphabet.count : 5
        for _ in 0..<Int.random(in: 0...40, using: &random) {
            let chunk = (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in
                alphabet[Int.random(in: 0..<usable, using: &random)]
            }
            // Any byte may be the last of a chunk: characters are torn apart.
            let cut = Int.random(in: 0...chunk.count, using: &random)
            for part in [chunk[..<cut], chunk[cut...]] {
                keeper.append(part)
                naive.append(part)
            }
            let (text, expected) = (
                keeper.text(shownCharacters: limit), naive.text(shownCharacters: limit)
            )
            #expect(text == expected)
            guard text == expected else { return }
        }
        #expect(keeper.totalBytes == Int64(naive.bytes.count))
    }

    @Test func `never holds more than its bound`() {
        let shown = 100
        var keeper = OutputKeeper(shownCharacters: shown)
        for size in [1, 100, 5000, 3, 1 << 20] {
            keeper.append([UInt8](repeating: 0x78, count: size)[...])
            let held = Mirror(reflecting: keeper).children
                .compactMap { $0.value as? [UInt8] }.reduce(0) { $0 + $1.count }
            #expect(held <= 2 * 4 * shown / 2)
        }
        #expect(keeper.totalBytes == 1 + 100 + 5000 + 3 + 1 << 20)
    }

    // MARK: The last line

    @Test(arguments: [
        ("", ""), ("\n", ""), ("one", "one"), ("one\n", "one"), ("one\ntwo", "two"),
        ("one\ntwo\n\n\n", "two"), ("ünï\ncödé\n", "cödé"),
    ])
    func `the last line is the last that says something`(output: String, line: String) {
        #expect(keep(Array(output.utf8), shown: 100).lastLine(limit: 50) == line)
    }

    @Test func `a long last line is cut to its end`() {
        let keeper = keep(Array("abcdefghij".utf8), shown: 100)
        #expect(keeper.lastLine(limit: 4) == "ghij")
    }

    /// The line that has just begun is in the tail, its beginning still in the head.
    @Test(arguments: [10, 38, 39, 40, 41, 42, 60, 79, 80, 81, 82, 120, 500])
    func `the last line is whole wherever head and tail meet`(before: Int) {
        let output = String(repeating: "x", count: before) + "\nstep 12 of 30"
        #expect(keep(Array(output.utf8), shown: 20).lastLine(limit: 50) == "step 12 of 30")
    }
}
