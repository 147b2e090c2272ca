/// The revisions of the protocol that open with a handshake, oldest first.
package enum Revision: Comparable, CaseIterable, Sendable {
    case november2024
    case march2025
    case june2025
    case november2025

    /// What a client gets that asks for a revision nobody here knows.
    package static let newest = Revision.november2025

    /// The name on the wire.
    package var name: String {
        switch self {
        case .november2024: "2024-11-05"
        case .march2025: "2025-03-26"
        case .june2025: "2025-06-18"
        case .november2025: "2025-11-25"
        }
    }

    package init?(name: String) {
        guard let revision = Self.allCases.first(where: { $0.name == name }) else {
            return nil
        }
        self = revision
    }
}
