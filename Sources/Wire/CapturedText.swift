// Output of a run, kept within bounds: its head, its tail, and how much there was.

/// Collects a stream of bytes: all of it while it is short, head and tail when it is not.
///
/// INVARIANT: at most `2 * bytesPerSide` bytes are held, however much arrives.
package struct OutputKeeper: Sendable {
    private let bytesPerSide: Int
    private var head: [UInt8] = []
    /// The newest bytes after the head, a ring once it is full.
    private var tail: [UInt8] = []
    private var tailStart = 0
    package private(set) var totalBytes: Int64 = 0
    package private(set) var totalCharacters: Int64 = 0

    /// `shownCharacters`: what a result shows at most; a character has up to four bytes.
    package init(shownCharacters: Int) {
        bytesPerSide = max(4, shownCharacters / 2) * 4
    }

    package mutating func append(_ bytes: ArraySlice<UInt8>) {
        totalBytes += Int64(bytes.count)
        // Every byte that is no continuation byte begins a character.
        for byte in bytes where byte & 0xC0 != 0x80 { totalCharacters += 1 }
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
        let recent = tail.isEmpty ? head[...] : ordered[...]
        let trimmed = recent.suffix(4 * limit + 2)
        let line = trimmed.split(separator: 0x0A).last ?? []
        return String(String(decoding: line, as: UTF8.self).suffix(limit))
    }

    private var ordered: [UInt8] { Array(tail[tailStart...] + tail[..<tailStart]) }

    /// The text to show: all of it, or head and tail with a mark of what is missing between them.
    package func text(shownCharacters limit: Int) -> CapturedText {
        if totalCharacters <= Int64(limit) {
            let whole = String(decoding: head + ordered, as: UTF8.self)
            return CapturedText(text: whole, shown: totalCharacters, total: totalCharacters)
        }
        let front = String(decoding: head, as: UTF8.self).unicodeScalars.prefix(limit / 2)
        let behind = tail.isEmpty ? head : ordered
        let back = String(decoding: behind, as: UTF8.self).unicodeScalars.suffix(limit - limit / 2)
        let left = totalCharacters - Int64(front.count + back.count)
        let mark = "\n[… \(left) characters left out …]\n"
        return CapturedText(
            text: String(String.UnicodeScalarView(front)) + mark
                + String(String.UnicodeScalarView(back)),
            shown: Int64(front.count + back.count), total: totalCharacters)
    }
}

/// One stream of a run, ready to show.
package struct CapturedText: Hashable, Sendable {
    /// Valid text; bytes that were none are replacement characters.
    package var text: String
    /// Characters (Unicode scalars) shown, and printed in all.
    package var shown: Int64
    package var total: Int64

    package init(text: String, shown: Int64, total: Int64) {
        self.text = text
        self.shown = shown
        self.total = total
    }

    package static let none = CapturedText(text: "", shown: 0, total: 0)

    package var isCut: Bool { shown < total }
}
