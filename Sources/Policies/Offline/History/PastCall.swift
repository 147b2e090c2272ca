package import Notation

/// A call that a log remembers.
package struct PastCall: Sendable {
    package var tool: String
    /// nil: the log kept only digests of them.
    package var arguments: JSONObject?
    package var at: Instant
    package var decision: Verdict.Decision
    package var rule: String
    package var category: Category
    package var grant: String
    package var session: String
    package var client: String
    /// Whether it ran and came out well; a call that never ran did not.
    package var succeeded: Bool
    /// What the log calls it: a record's number.
    package var id: String

    package init(
        tool: String, arguments: JSONObject?, at: Instant, decision: Verdict.Decision,
        rule: String = "", category: Category = .execute, grant: String = "",
        session: String = "", client: String = "", succeeded: Bool = true, id: String = ""
    ) {
        self.tool = tool
        self.arguments = arguments
        self.at = at
        self.decision = decision
        self.rule = rule
        self.category = category
        self.grant = grant
        self.session = session
        self.client = client
        self.succeeded = succeeded
        self.id = id
    }
}
