/// The rule that the published catalogue recommends for a category.
package enum SuggestedRule: Hashable, Sendable {
    case allow(most: Int, window: String)
    /// As `allow`, and every required argument must be there.
    case allowComplete(most: Int, window: String)
    case approval
    case deny

    /// In a few words, for a table: `60/minute`, `deny`.
    package var summary: String {
        switch self {
        case .allow(let most, let window): "\(most)/\(window)"
        case .allowComplete(let most, let window): "\(most)/\(window), required arguments"
        case .approval: "require approval"
        case .deny: "deny"
        }
    }
}

extension Classification {
    package var suggestedRule: SuggestedRule {
        switch ruleCategory {
        case .read: .allow(most: 60, window: "minute")
        case .write: .allow(most: 30, window: "hour")
        case .execute: .allowComplete(most: 10, window: "hour")
        case .destructive: .deny
        case .financial: alsoDestroys ? .deny : .approval
        }
    }
}
