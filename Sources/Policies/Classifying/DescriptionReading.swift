/// What a description says.
struct DescriptionReading: Sendable {
    var evidence: [Evidence] = []
    /// It says that code or commands of the caller's are run.
    var obeysText = false
    var installs = false
    /// What its first sentence speaks of.
    var nouns: NounKinds = []
    /// Destruction is what it begins with, not one entry of a list.
    var leadsWithDestruction = false
    /// Why the tool would be more harmless than the verb of its first sentence.
    var claim: DescriptionClaim?
}
