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
        var word = String.UnicodeScalarView()
        var boundary = Boundary.none
        /// A point ends a sentence only before white space: `1.5` and `file.txt` are no ends.
        var isAfterPoint = false

        func finish() {
            guard !word.isEmpty else { return }
            words.append(DescriptionWord(text: String(word), before: boundary))
            word = String.UnicodeScalarView()
            boundary = .none
        }

        for scalar in text.unicodeScalars {
            if scalar == "'" || scalar == "\u{2019}" { continue }
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                if word.count < Inflection.longestWord {
                    word.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
                }
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
        default: isAfterPoint && scalar.properties.isWhitespace ? .sentence : .none
        }
    }
}
