// What a pattern says about texts, as a tree: regular expressions, prefixes, globs and lists of
// words in one form, so that one search can find texts for any mixture of them.

/// A pattern to be found somewhere in a text.
indirect enum RegexTree: Hashable, Sendable {
    case empty
    case scalars(ScalarSet)
    case sequence([RegexTree])
    case choice([RegexTree])
    /// `most` nil: any number.
    case repeated(RegexTree, least: Int, most: Int?)
    case textStart
    case textEnd

    static func literal(_ text: String) -> RegexTree {
        .sequence(text.unicodeScalars.map { .scalars(ScalarSet($0)) })
    }

    static func prefix(_ text: String) -> RegexTree { .sequence([.textStart, literal(text)]) }
    static func suffix(_ text: String) -> RegexTree { .sequence([literal(text), .textEnd]) }

    static func exactly(_ texts: [String]) -> RegexTree {
        .sequence([.textStart, .choice(texts.map(literal)), .textEnd])
    }

    /// `*` stands for any scalars, `?` for one.
    static func glob(_ text: String) -> RegexTree {
        let parts = text.unicodeScalars.map { scalar -> RegexTree in
            switch scalar {
            case "*": .repeated(.scalars(.all), least: 0, most: nil)
            case "?": .scalars(.all)
            default: .scalars(ScalarSet(scalar))
            }
        }
        return .sequence([.textStart] + parts + [.textEnd])
    }
}
