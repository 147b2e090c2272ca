// Cuts a name into words, whatever way it is written: snake_case, kebab-case, camelCase,
// PascalCase, dotted, with slashes, with digits, with acronyms.

enum NameTokens {
    /// What of a name is looked at. Longer names exist only to confuse.
    static let maxScalars = 256
    static let maxTokens = 32

    /// The words of `name` in lower case. Digits stay with the letters before them (`s3`, `k8s`);
    /// an acronym is one word (`getURLStatus` is get, url, status).
    static func split(_ name: String) -> [String] {
        let scalars = Array(name.unicodeScalars.prefix(maxScalars))
        var tokens: [String] = []
        var word = String.UnicodeScalarView()
        for place in scalars.indices {
            let scalar = scalars[place]
            if !isWordy(scalar) || startsWord(at: place, in: scalars) {
                finish(&word, into: &tokens)
            }
            if isWordy(scalar) { word.append(contentsOf: lowered(scalar)) }
        }
        finish(&word, into: &tokens)
        return tokens
    }

    private static func finish(_ word: inout String.UnicodeScalarView, into tokens: inout [String])
    {
        defer { word = String.UnicodeScalarView() }
        guard !word.isEmpty, tokens.count < maxTokens else { return }
        tokens.append(String(word))
    }

    /// A capital after a small letter, or the last capital of a run before a small letter. A
    /// plural `s` belongs to its acronym: `listURLs`.
    private static func startsWord(at place: Int, in scalars: [Unicode.Scalar]) -> Bool {
        guard place > 0, isUpper(scalars[place]) else { return false }
        let before = scalars[place - 1]
        if !isWordy(before) { return false }
        if !isUpper(before) { return true }
        guard place + 1 < scalars.count, isLower(scalars[place + 1]) else { return false }
        let next = place + 2
        let isPlural =
            scalars[place + 1] == "s"
            && (next == scalars.count || !isLower(scalars[next]))
        return !isPlural
    }

    private static func isWordy(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return isUpper(scalar) || isLower(scalar) || ("0"..."9").contains(scalar)
        }
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    private static func isUpper(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? ("A"..."Z").contains(scalar) : scalar.properties.isUppercase
    }

    private static func isLower(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? ("a"..."z").contains(scalar) : scalar.properties.isLowercase
    }

    private static func lowered(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
        scalar.properties.lowercaseMapping.unicodeScalars
    }
}
