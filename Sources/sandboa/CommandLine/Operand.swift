/// A value written without a name, known by its place.
struct Operand: Hashable, Sendable {
    /// How often it is written.
    enum Count: Sendable {
        case once
        /// None or more.
        case any
        /// None or more, all behind `--`, and handed on as they are.
        case anyBehindDashes
    }

    /// In capitals: `FILE`.
    let name: String
    let kind: ValueKind
    let count: Count
    let summary: String

    /// How a usage line shows it.
    var usage: String {
        switch count {
        case .once: name
        case .any: "[\(name)]..."
        case .anyBehindDashes: "[-- \(name)...]"
        }
    }
}
