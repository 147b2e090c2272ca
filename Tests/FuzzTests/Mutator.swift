// Small changes to good samples: what parsers break on.

/// Changes bytes; the same seed makes the same changes.
struct Mutator {
    private var state: UInt64
    /// Words that mean something to somebody.
    private static let words = [
        "\"", "{", "}", "[", "]", ":", ",", "\n", "\0", "&a ", "*a", "<<: *a", "- ", "---\n", "#",
        "1e400", "-9223372036854775809", "0x", ".nan", "null", "\\u0000", "\\ud800", "\u{FEFF}",
        "args.", "state.", "tools:", "rules:", "default", "version", "(a+)+$", "[[:alpha:]]",
        "\"method\"", "\"Method\"", "\"id\"", "\"jsonrpc\"", "_meta", "😀",
    ].map { Array($0.utf8) }
    private static let maxBytes = 200_000

    init(seed: UInt64) { state = seed }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func number(below limit: Int) -> Int { limit < 1 ? 0 : Int(next() % UInt64(limit)) }

    /// One sample, changed a few times, with pieces of another.
    mutating func change(_ sample: [UInt8], with other: [UInt8]) -> [UInt8] {
        var bytes = sample
        for _ in 0...number(below: 6) {
            let at = number(below: bytes.count + 1)
            switch number(below: 8) {
            case 0 where at < bytes.count: bytes[at] = UInt8(truncatingIfNeeded: next())
            case 1 where at < bytes.count: bytes[at] ^= 1 << UInt8(number(below: 8))
            case 2: bytes.removeSubrange(at..<min(bytes.count, at + number(below: 40)))
            case 3: bytes.insert(contentsOf: Self.words[number(below: Self.words.count)], at: at)
            case 4:
                let from = number(below: other.count)
                let piece = other[from..<min(other.count, from + number(below: 200))]
                bytes.insert(contentsOf: piece, at: at)
            case 5:
                let end = min(bytes.count, at + number(below: 100))
                bytes.insert(contentsOf: bytes[at..<end], at: at)
            case 6:
                let word = Self.words[number(below: Self.words.count)]
                let times = 1 + number(below: 300)
                bytes.insert(contentsOf: (0..<times).flatMap { _ in word }, at: at)
            default: bytes.removeLast(min(bytes.count, number(below: 60)))
            }
        }
        return Array(bytes.prefix(Self.maxBytes))
    }
}
