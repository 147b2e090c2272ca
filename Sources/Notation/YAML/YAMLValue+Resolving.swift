// How plain text becomes a value. The order of the attempts is go-yaml's: words, timestamps,
// integers, floats; whatever fits none is text.

extension YAMLValue {
    /// The value of a plain scalar without a tag.
    init(plain text: String) {
        guard let first = text.utf8.first else {
            self = .null
            return
        }
        switch first {
        case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"),
            UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"):
            self = text.utf8.count <= Self.longestWord ? Self.words[text] ?? .string : .string
        case UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"):
            self = Self.words[text] ?? Self.number(of: text) ?? .string
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            self = Self.isTimestamp(text) ? .timestamp : Self.number(of: text) ?? .string
        default:
            self = .string
        }
    }

    /// Of the words below that begin with a letter, in bytes.
    private static let longestWord = "false".utf8.count

    private static let words: [String: YAMLValue] = {
        var words: [String: YAMLValue] = [:]
        for word in ["~", "null", "Null", "NULL"] { words[word] = .null }
        for word in ["true", "True", "TRUE"] { words[word] = .bool(true) }
        for word in ["false", "False", "FALSE"] { words[word] = .bool(false) }
        for word in [".nan", ".NaN", ".NAN"] { words[word] = .notANumber }
        for word in [".inf", ".Inf", ".INF"] {
            words[word] = .infinity(isNegative: false)
            words["+" + word] = .infinity(isNegative: false)
            words["-" + word] = .infinity(isNegative: true)
        }
        return words
    }()

    private static func number(of text: String) -> YAMLValue? {
        // A number that starts with its point takes no underscores; go-yaml forgets them there.
        let plain = text.utf8.first == UInt8(ascii: ".") ? text : text.filter { $0 != "_" }
        return integer(of: plain) ?? fraction(of: plain)
    }

    /// An integer in any base: 0x, 0o and the old leading 0, 0b, decimal.
    private static func integer(of text: String) -> YAMLValue? {
        var digits = Substring(text)
        let isNegative = digits.first == "-"
        if isNegative || digits.first == "+" { digits = digits.dropFirst() }
        var radix = 10
        if digits.utf8.count > 1, digits.first == "0" {
            switch digits.dropFirst().first {
            case "x", "X": (radix, digits) = (16, digits.dropFirst(2))
            case "o", "O": (radix, digits) = (8, digits.dropFirst(2))
            case "b", "B": (radix, digits) = (2, digits.dropFirst(2))
            default: (radix, digits) = (8, digits.dropFirst())
            }
        }
        guard let first = digits.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-"),
            let magnitude = UInt64(digits, radix: radix)
        else { return nil }
        if !isNegative {
            return Int64(exactly: magnitude).map(YAMLValue.integer) ?? .number(String(magnitude))
        }
        guard magnitude <= Int64.min.magnitude else { return nil }
        return .integer(Int64(truncatingIfNeeded: 0 &- magnitude))
    }

    /// A decimal number, spelled as JSON does. One beyond the range of a double is text, as it
    /// is for go-yaml; an integer beyond 64 bits keeps its digits.
    private static func fraction(of text: String) -> YAMLValue? {
        guard let spelling = DecimalParts(text)?.spelling, Double(spelling)?.isFinite == true
        else { return nil }
        // `08` is no octal number; go-yaml falls back to 8.
        return Int64(spelling).map(YAMLValue.integer) ?? .number(spelling)
    }
}
