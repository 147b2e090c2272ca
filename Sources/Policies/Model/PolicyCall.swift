package import Notation

/// A call, as policies see it: the very values that will run.
package struct PolicyCall: Sendable {
    package var tool: String
    /// The tool this one is another name of; its denials and limits count, too. nil: none.
    package var handler: String?
    package var arguments: JSONObject
    /// What the call really does, by its arguments.
    package var category: Category
    /// Names of arguments the tool's schema requires.
    package var required: [String]
    package var grant: String
    package var session: String
    package var client: String

    package init(
        tool: String, handler: String? = nil, arguments: JSONObject,
        category: Category = .execute, required: [String] = [], grant: String = "",
        session: String = "", client: String = ""
    ) {
        self.tool = tool
        self.handler = handler
        self.arguments = arguments
        self.category = category
        self.required = required
        self.grant = grant
        self.session = session
        self.client = client
    }
}
