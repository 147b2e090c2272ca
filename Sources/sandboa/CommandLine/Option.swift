/// Something written `--name` or `--name VALUE`.
///
/// Each option is one constant, shared by every command that has it, and also the key its value
/// is read with.
struct Option: Hashable, Sendable {
    /// Without the two dashes.
    let name: String
    let kind: ValueKind
    /// What stands for the value in help: `DIR`, `SIZE`. Empty for a flag.
    var placeholder = ""
    /// At most `maxSummary` characters, no full stop: a line of a list.
    let summary: String
    /// Whether it may be given more than once.
    var repeats = false
    /// The name of the operand this option stands in for; both together are refused.
    var replaces: String?

    /// So that a line of help fits into 80 columns, with the longest spelling before it.
    static let maxSummary = 57

    /// `--name VALUE`, as help shows it.
    var spelling: String {
        placeholder.isEmpty ? "--\(name)" : "--\(name) \(placeholder)"
    }
}
