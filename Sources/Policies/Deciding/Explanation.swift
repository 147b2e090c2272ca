/// A verdict, and what every rule that concerns the call says, those after the deciding one too.
package struct Explanation: Sendable {
    package enum Outcome: String, Hashable, Sendable {
        /// The rule's `when` does not hold.
        case skipped
        case passed
        case asks
        case denied
    }

    package struct Step: Sendable {
        package var rule: String
        package var mark: SourceMark
        /// What the rule's section aims at.
        package var target: Section.Target
        package var outcome: Outcome
        /// Recorded, not enforced: the rule or the policy only observes.
        package var isObserved: Bool
        /// The test that decided: why the rule was skipped or denied.
        package var finding: Finding?
        /// What the rule's limit would count.
        package var reservation: Reservation?

        package var applies: Bool { outcome != .skipped }
        package var holds: Bool { outcome == .passed }
    }

    /// In the order in which rules are asked. Empty when the call was hidden or not listed.
    package var steps: [Step]
    package var verdict: Verdict
}
