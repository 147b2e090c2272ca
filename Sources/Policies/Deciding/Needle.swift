// Substring search in linear time (Knuth, Morris, Pratt): callers choose the text, and must not
// be able to choose how long we search it.

/// A text to be looked for in others, byte by byte.
struct Needle: Sendable {
    private let bytes: [UInt8]
    /// For each prefix of `bytes`, the length of its longest proper prefix that also ends it.
    private let borders: [Int]

    init(_ text: String) {
        let bytes = Array(text.utf8)
        var borders = [Int](repeating: 0, count: bytes.count)
        var length = 0
        for place in bytes.indices.dropFirst() {
            while length > 0, bytes[place] != bytes[length] { length = borders[length - 1] }
            if bytes[place] == bytes[length] { length += 1 }
            borders[place] = length
        }
        self.bytes = bytes
        self.borders = borders
    }

    func occurs(in text: String) -> Bool {
        if bytes.isEmpty { return true }
        let subject = text.utf8Span.span
        var length = 0
        for place in subject.indices {
            while length > 0, subject[place] != bytes[length] { length = borders[length - 1] }
            if subject[place] == bytes[length] { length += 1 }
            if length == bytes.count { return true }
        }
        return false
    }
}
