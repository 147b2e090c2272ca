/// Which protocol one request speaks. Both may be mixed on one connection, request by request.
package enum Era: Hashable, Sendable {
    /// `initialize` first, then requests that lean on what was agreed there.
    case handshake(Revision)
    /// Revision 2026-07-28: every request carries its own envelope and nothing is remembered.
    case stateless

    /// The one revision served without a handshake.
    package static let statelessVersion = "2026-07-28"

    /// The revision's name on the wire.
    package var name: String {
        switch self {
        case .handshake(let revision): revision.name
        case .stateless: Self.statelessVersion
        }
    }

    package static let all: [Era] = Revision.allCases.map(Era.handshake) + [.stateless]

    /// Hints about a tool in `tools/list`.
    package var hasAnnotations: Bool { isAtLeast(.march2025) }
    /// A sentence beside the numbers of a progress notification.
    package var hasProgressMessages: Bool { isAtLeast(.march2025) }
    /// A capability that says whether arguments can be completed.
    package var hasCompletionCapability: Bool { isAtLeast(.march2025) }
    /// A completion says what the other arguments are.
    package var hasCompletionContext: Bool { isAtLeast(.june2025) }
    /// Human-readable names of the server, of tools and of resources.
    package var hasTitles: Bool { isAtLeast(.june2025) }
    /// `outputSchema` of a tool and `structuredContent` of a result.
    package var hasStructuredResults: Bool { isAtLeast(.june2025) }
    /// Content that points at a resource rather than holding it.
    package var hasResourceLinks: Bool { isAtLeast(.june2025) }
    /// Questions to a person, put through the client.
    package var hasElicitation: Bool { isAtLeast(.june2025) }
    /// A question says whether it is a form or an address to visit.
    package var hasElicitationModes: Bool { isAtLeast(.november2025) }
    /// Several messages in one JSON array: one revision had them, the next took them out again.
    package var hasBatches: Bool { self == .handshake(.march2025) }

    private func isAtLeast(_ first: Revision) -> Bool {
        switch self {
        case .handshake(let revision): revision >= first
        case .stateless: true
        }
    }
}
