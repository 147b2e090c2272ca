/// What the arguments of a tool say.
struct SchemaReading: Sendable {
    var evidence: [Evidence] = []
    /// An argument takes code, a command or a statement, in free text.
    var takesCode = false
    /// An argument takes any word for a command line, or code that may just be looked at.
    var mayTakeCode = false
    var installs = false
    /// It only shows what it would do, unless told otherwise.
    var isDryByDefault = false
}
