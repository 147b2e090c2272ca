// Output of a run, kept within bounds: its head, its tail, and how much there was.
//
// The bytes are hostile and may be no text at all. What is counted is what would be shown: so the
// limit holds for any bytes, and `shown` and `total` speak of the same characters.

/// Collects a stream of bytes: all of it while it is short, head and tail when it is not.
///
/// INVARIANT: at most `2 * bytesPerSide` bytes are held, however much arrives; until that many have
/// arrived, head and tail together are the whole stream.
package struct OutputKeeper: Sendable {
    private let bytesPerSide: Int
    private var head: [UInt8] = []
    /// The newest bytes after the head, a ring once it is full.
    private var tail: [UInt8] = []
    private var tailStart = 0
    private var characters = CharacterCounter()
    package private(set) var totalBytes: Int64 = 0
    package var totalCharacters: Int64 { characters.count }

    /// `shownCharacters`: what a result shows at most; a character has up to four bytes. Each side
    /// has room for half of them, rounded up, so neither lacks one when its cut tears another.
    package init(shownCharacters: Int) {
        bytesPerSide = max(1, (shownCharacters + 1) / 2) * 4
    }

    package mutating func append(_ bytes: ArraySlice<UInt8>) {
        totalBytes += Int64(bytes.count)
        characters.add(bytes)
        var rest = bytes
        if head.count < bytesPerSide {
            let part = rest.prefix(bytesPerSide - head.count)
            head += part
            rest = rest.dropFirst(part.count)
        }
        if rest.count >= bytesPerSide {
            tail = Array(rest.suffix(bytesPerSide))
            tailStart = 0
        } else {
            keep(rest)
        }
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        for byte in bytes {
            if tail.count < bytesPerSide {
                tail.append(byte)
            } else {
                tail[tailStart] = byte
                tailStart = tailStart + 1 == bytesPerSide ? 0 : tailStart + 1
            }
        }
    }

    /// The last line so far, cut to `limit` characters: for progress.
    package func lastLine(limit: Int) -> String {
        let line = newest.suffix(4 * limit + 2).split(separator: 0x0A).last ?? []
        return String(String(decoding: line, as: UTF8.self).suffix(limit))
    }

    private var ordered: [UInt8] { Array(tail[tailStart...] + tail[..<tailStart]) }

    private var isWhole: Bool { totalBytes == Int64(head.count + tail.count) }

    /// Whether everything that has come, and so many bytes more, is still held afterwards.
    package func holdsAll(adding count: Int) -> Bool {
        isWhole && head.count + tail.count + count <= 2 * bytesPerSide
    }

    /// Everything that has come; nil when that is more than is held.
    package var whole: [UInt8]? { isWhole ? newest : nil }

    /// The longest piece there is that ends with the newest byte.
    private var newest: [UInt8] { isWhole ? head + ordered : ordered }

    /// The text to show: all of it, or head and tail with a mark of what is missing between them.
    package func text(shownCharacters limit: Int) -> CapturedText {
        let newest = newest
        if totalCharacters <= Int64(limit) {
            let whole = String(decoding: newest, as: UTF8.self)
            return CapturedText(text: whole, shown: totalCharacters, total: totalCharacters)
        }
        let oldest = isWhole ? newest : head
        let front = String(decoding: oldest, as: UTF8.self).unicodeScalars.prefix(limit / 2)
        let back = String(decoding: newest, as: UTF8.self).unicodeScalars.suffix(limit - limit / 2)
        let left = totalCharacters - Int64(front.count + back.count)
        let mark = "\n[… \(left) characters left out …]\n"
        return CapturedText(
            text: String(String.UnicodeScalarView(front)) + mark
                + String(String.UnicodeScalarView(back)),
            shown: Int64(front.count + back.count), total: totalCharacters)
    }
}
