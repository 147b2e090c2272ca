/// A text with `*` for any number of characters and `?` for one.
struct GlobText: Sendable {
    /// Most steps one match may take: some ten milliseconds.
    static let maxSteps = 16_777_216

    let written: String
    private let bytes: [UInt8]

    init(_ written: String) {
        self.written = written
        bytes = Array(written.utf8)
    }

    /// Whether every text matches, so that the glob says nothing about a name.
    var matchesAll: Bool { !bytes.isEmpty && bytes.allSatisfy { $0 == UInt8(ascii: "*") } }

    /// Whether all of `text` matches; nil when that takes more than `maxSteps`.
    ///
    /// On a mismatch the last `*` takes one character more. Earlier ones never need to: what
    /// they could swallow, the last one can, too.
    func matches(_ text: String, maxSteps: Int = Self.maxSteps) -> Bool? {
        let subject = text.utf8Span.span
        var place = 0
        var at = 0
        var star: (place: Int, at: Int)?
        var steps = 0
        while at < subject.count {
            steps += 1
            guard steps <= maxSteps else { return nil }
            if place < bytes.count, bytes[place] == UInt8(ascii: "*") {
                place += 1
                if place == bytes.count { return true }
                star = (place, at)
            } else if place < bytes.count, bytes[place] == UInt8(ascii: "?") {
                place += 1
                at += Self.length(from: subject[at])
            } else if place < bytes.count, bytes[place] == subject[at] {
                place += 1
                at += 1
            } else {
                guard let last = star else { return false }
                at = last.at + Self.length(from: subject[last.at])
                place = last.place
                star = (place, at)
            }
        }
        while place < bytes.count, bytes[place] == UInt8(ascii: "*") { place += 1 }
        return place == bytes.count
    }

    /// Bytes of the character that begins with `lead`.
    private static func length(from lead: UInt8) -> Int {
        switch lead {
        case ..<0xC0: 1
        case ..<0xE0: 2
        case ..<0xF0: 3
        default: 4
        }
    }
}
