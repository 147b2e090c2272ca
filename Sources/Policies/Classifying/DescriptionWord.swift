/// A word of a description, in lower case, with what separates it from the one before.
struct DescriptionWord: Hashable, Sendable {
    enum Boundary: Int, Hashable, Sendable {
        case none, hyphen, comma, bracket, colon, sentence
    }

    let text: String
    let before: Boundary

    /// The first `limit` words of `text`. Apostrophes are dropped: `doesn't` is `doesnt`.
    static func split(_ text: String, limit: Int) -> [DescriptionWord] {
        var words: [DescriptionWord] = []
        var word = ""
        var length = 0
        var boundary = Boundary.none
        /// A point ends a sentence only before white space: `1.5` and `file.txt` are no ends.
        var isAfterPoint = false

        func finish() {
            guard !word.isEmpty else { return }
            words.append(DescriptionWord(text: word, before: boundary))
            word = ""
            length = 0
            boundary = .none
        }

        for scalar in text.unicodeScalars {
            if scalar == "'" || scalar == "\u{2019}" { continue }
            if WordScalars.isWordy(scalar) {
                if length < Inflection.longestWord { WordScalars.append(scalar, to: &word) }
                length += 1
                isAfterPoint = false
                continue
            }
            finish()
            if words.count >= limit { return words }
            let found = kind(of: scalar, isAfterPoint: isAfterPoint)
            if found.rawValue > boundary.rawValue { boundary = found }
            isAfterPoint = scalar == "." || scalar == "!" || scalar == "?"
        }
        finish()
        return words
    }

    private static func kind(of scalar: Unicode.Scalar, isAfterPoint: Bool) -> Boundary {
        switch scalar {
        case "-": .hyphen
        case ",", "/": .comma
        case "(", "[": .bracket
        case ":": .colon
        case "\n", ";", "•": .sentence
        default: isAfterPoint && WordScalars.isSpace(scalar) ? .sentence : .none
        }
    }
}
