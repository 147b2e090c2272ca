// `searchnodes`, `webfetch`: two words written as one.

enum JoinedWords {
    /// Verbs that are looked for at either end of an unknown word. Short ones would be found in
    /// too many words: `address`, `settings`.
    private static let verbs = [
        "create", "delete", "update", "remove", "search", "fetch", "execute", "read", "write",
        "list", "send", "upload", "download", "get", "exec",
    ]
    private static let shortestRest = 3

    /// The parts of `token`, or the token alone.
    static func split(_ token: String) -> [String] {
        guard token.utf8.count <= Inflection.longestWord else { return [token] }
        for verb in verbs where token.utf8.count >= verb.utf8.count + shortestRest {
            let rest = token.utf8.count - verb.utf8.count
            if token.hasPrefix(verb), !isEnding(token.dropFirst(verb.utf8.count)) {
                return [verb, String(token.suffix(rest))]
            }
            if token.hasSuffix(verb) { return [String(token.prefix(rest)), verb] }
        }
        return [token]
    }

    /// `listing` and `reader` are words of their own.
    private static func isEnding(_ rest: Substring) -> Bool {
        ["ing", "ings", "ers", "able", "ness", "iness", "ion"].contains(String(rest))
    }
}
