// What the classifier found out about one tool.

/// How bad a misuse would be: the category's risk, moved by what is special about the tool.
package enum Severity: Int, Comparable, Hashable, Sendable, CaseIterable {
    case low, medium, high, critical

    package static func < (left: Severity, right: Severity) -> Bool {
        left.rawValue < right.rawValue
    }

    package var name: String {
        switch self {
        case .low: "low"
        case .medium: "medium"
        case .high: "high"
        case .critical: "critical"
        }
    }

    /// One or more steps up or down, never past the ends.
    func moved(by steps: Int) -> Severity {
        Severity(rawValue: min(max(rawValue + steps, 0), Self.critical.rawValue)) ?? .critical
    }
}

/// One tool's category, and why.
package struct Classification: Sendable {
    /// What the tool is. A tool nobody can place counts as Execute.
    package let category: Category
    /// What policies should treat the tool as: `category`, or something more severe where only
    /// the description's claim made the category milder.
    package let ruleCategory: Category
    package let severity: Severity
    /// How sure the rules are, of 1,000. A rank, not a probability: 900 and more is a plain verb
    /// in front, about 600 a guess from nouns, 0 for an unknown tool.
    package let confidence: Int
    /// False: nothing said what the tool does; `category` is then a precaution.
    package let isKnown: Bool
    /// What speaks for the category first, then the rest; the heaviest first in each.
    package let evidence: [Evidence]

    package var risk: Risk { category.risk }

    /// The category to show to people: "unknown" where the rules found nothing.
    package var label: String { isKnown ? category.rawValue : "unknown" }

    /// A Financial tool that also destroys is refused like any that destroys.
    var alsoDestroys: Bool {
        evidence.contains { $0.category == .destructive && $0.weight >= Evidence.deciding }
    }
}

extension Category {
    /// The fixed map of the published catalogue.
    package var risk: Risk {
        switch self {
        case .read: .low
        case .write: .medium
        case .execute: .high
        case .destructive, .financial: .critical
        }
    }

    /// Which of two candidates names a tool. Money outranks even destruction here, because the
    /// noun says more than the verb; enforcement's own order (`<`) is another.
    var candidateRank: Int {
        switch self {
        case .read: 0
        case .write: 1
        case .execute: 2
        case .destructive: 3
        case .financial: 4
        }
    }

    var baseSeverity: Severity {
        switch self {
        case .read: .low
        case .write: .medium
        case .execute: .high
        case .destructive, .financial: .critical
        }
    }
}
