// Remarks on what is wrong, each in printable text, and not more than anybody reads.

internal import Notation

/// A list of notes that stays short.
struct Notes: Sendable {
    static let most = 20
    /// Longest piece of somebody else's text that a note repeats, in characters.
    static let quotedCharacters = 120

    private var kept: [String] = []
    private var leftOut = 0

    mutating func add(_ note: String) {
        if kept.count < Self.most { kept.append(note) } else { leftOut += 1 }
    }

    var all: [String] {
        leftOut == 0 ? kept : kept + ["and \(leftOut) more of such notes"]
    }

    /// Text that somebody else wrote, bounded, with every control character spelled out.
    static func quote(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let isLong = scalars.count > quotedCharacters
        let part = String(String.UnicodeScalarView(scalars.prefix(quotedCharacters)))
        return "'\(part.printable)\(isLong ? "…" : "")'"
    }
}
