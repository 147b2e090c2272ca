/// What a name alone says.
struct NameReading: Sendable {
    /// Nil: no word of it says what the tool does.
    var category: Category?
    var confidence = 0
    var evidence: [Evidence] = []
    /// The verb that decided, in the form the lexicon knows.
    var verb: String?
    /// What the name speaks of.
    var nouns: NounKinds = []
    /// It names code, a command or a statement that is obeyed.
    var obeysText = false
    /// It brings in code of third parties.
    var installs = false

    /// It looks at code without obeying it.
    var checks: Bool { verb.map(Lexicon.checkers.contains) ?? false }
}
