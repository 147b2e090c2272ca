/// Why a text can't stand where a value is wanted. Reads on from "`--timeout`" or "FILE".
struct ValueError: Error, Hashable, Sendable {
    /// Begins with a verb: "must be one of …".
    let problem: String
    /// What to write instead, as a sentence, where something can be said.
    var advice: String?
}
