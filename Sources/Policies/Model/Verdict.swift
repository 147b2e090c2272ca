// Policy's answer to a call.

/// The decision, why, and what comes with it.
package struct Verdict: Sendable {
    package enum Decision: String, Hashable, Sendable, CaseIterable {
        case allow, deny
        case requireApproval = "require_approval"
        case hidden
    }

    package var decision: Decision
    /// The deciding rule; empty when everything passed. `(hidden)` and `(default deny)` are no
    /// rule of the file.
    package var rule: String = ""
    /// Where the deciding rule stands; nil when nothing decided.
    package var mark: SourceMark?
    /// For the caller: what happened and what to do. Empty when allowed.
    package var reason: String = ""
    /// The first condition that failed; nil when none did.
    package var finding: Finding?
    /// To be granted before the call may run. Empty unless allowed or to be approved.
    package var reservations: [Reservation] = []
    package var profile: String?
    package var limits: TightenedLimits?
    package var approval: Approval?
    /// The policy that decided.
    package var policyHash: String = ""
    /// What would have been denied, had the rule or the policy not been set to observe.
    package var observed: String?

    package init(_ decision: Decision) { self.decision = decision }

    package static let hiddenRule = "(hidden)"
    package static let defaultDenyRule = "(default deny)"
}

/// Why a condition did not hold.
package struct Finding: Hashable, Sendable {
    package var path: String
    package var operation: String
    package var wanted: String
    /// What was there: its type and a short form of its value; "missing" when nothing was.
    package var actual: String
    package var mark: SourceMark

    package init(
        path: String, operation: String, wanted: String, actual: String, at mark: SourceMark
    ) {
        self.path = path
        self.operation = operation
        self.wanted = wanted
        self.actual = actual
        self.mark = mark
    }
}
