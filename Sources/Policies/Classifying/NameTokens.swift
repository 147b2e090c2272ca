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
        var word = ""
        for place in scalars.indices {
            let scalar = scalars[place]
            if !WordScalars.isWordy(scalar) || startsWord(at: place, in: scalars) {
                finish(&word, into: &tokens)
            }
            if WordScalars.isWordy(scalar) { WordScalars.append(scalar, to: &word) }
        }
        finish(&word, into: &tokens)
        return tokens
    }

    private static func finish(_ word: inout String, into tokens: inout [String]) {
        defer { word = "" }
        guard !word.isEmpty, tokens.count < maxTokens else { return }
        tokens.append(word)
    }

    /// A capital after a small letter, or the last capital of a run before a small letter. A
    /// plural `s` belongs to its acronym: `listURLs`.
    private static func startsWord(at place: Int, in scalars: [Unicode.Scalar]) -> Bool {
        guard place > 0, WordScalars.isUpper(scalars[place]) else { return false }
        let before = scalars[place - 1]
        if !WordScalars.isWordy(before) { return false }
        if !WordScalars.isUpper(before) { return true }
        guard place + 1 < scalars.count, WordScalars.isLower(scalars[place + 1]) else {
            return false
        }
        let next = place + 2
        let isPlural =
            scalars[place + 1] == "s"
            && (next == scalars.count || !WordScalars.isLower(scalars[next]))
        return !isPlural
    }
}
