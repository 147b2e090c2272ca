// Many short words looked for at one place, most places being ruled out by one byte.

/// Words, by their first byte.
struct FirstByteTable: Sendable {
    private var words: [[[UInt8]]] = Array(repeating: [], count: 256)

    /// None of them empty.
    init(_ words: [String]) {
        for word in words {
            let bytes = Array(word.utf8)
            if let first = bytes.first { self.words[Int(first)].append(bytes) }
        }
    }

    /// How long the first of the words is that stands here; nil: none does.
    func match(_ bytes: [UInt8], at place: Int) -> Int? {
        guard place < bytes.count else { return nil }
        return words[Int(bytes[place])].first { Self.stands($0, in: bytes, at: place) }?.count
    }

    private static func stands(_ word: [UInt8], in bytes: [UInt8], at place: Int) -> Bool {
        guard bytes.count - place >= word.count else { return false }
        for offset in word.indices where bytes[place + offset] != word[offset] { return false }
        return true
    }
}
