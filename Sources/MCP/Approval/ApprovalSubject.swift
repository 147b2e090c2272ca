package import Notation

/// Everything a person's yes is bound to. Change any of it, and they have to be asked again.
package struct ApprovalSubject: Sendable {
    /// The tool that runs, by its own name and not by an alias.
    package let tool: String
    /// The arguments that policy judged and that the tool gets.
    package let arguments: JSONObject
    package let policyHash: String
    /// Who calls: grant and session as the transport knows them. Never what a client says about
    /// itself.
    package let client: [UInt8]
    package let question: ElicitationQuestion

    package init(
        tool: String, arguments: JSONObject, policyHash: String, client: [UInt8],
        question: ElicitationQuestion
    ) {
        self.tool = tool
        self.arguments = arguments
        self.policyHash = policyHash
        self.client = client
        self.question = question
    }
}
