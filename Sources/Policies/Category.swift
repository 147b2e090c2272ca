// What a tool does to the world, in the five words that policies use.

/// The kind of effect a call has. Ordered by severity: the most severe that applies counts.
package enum Category: String, Comparable, CaseIterable, Hashable, Sendable {
    case read = "Read"
    case write = "Write"
    case execute = "Execute"
    case destructive = "Destructive"
    case financial = "Financial"

    package static func < (left: Category, right: Category) -> Bool {
        left.severity < right.severity
    }

    private var severity: Int {
        switch self {
        case .read: 0
        case .write: 1
        case .execute: 2
        case .destructive: 3
        case .financial: 4
        }
    }
}

/// How much harm a tool's misuse can do.
package enum Risk: String, Hashable, Sendable, CaseIterable {
    case low, medium, high, critical
}
