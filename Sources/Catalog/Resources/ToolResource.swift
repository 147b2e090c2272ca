// What clients can read by an address: another way to ask a tool, with the same verdict.

package import Notation

/// A resource, or a template of some, that belongs to a tool.
package struct ToolResource: Sendable {
    /// What can stand for a variable.
    package enum Values: Sendable { case environments, sessions }

    /// With at most one variable: `python://packages/{env_name}`.
    package let template: String
    package let name: String
    package let title: String
    package let description: String
    package let values: Values?
    /// There is nothing to read without a workspace.
    package var needsWorkspace = false
    /// From the variable, as an object of one member, to what is to be done.
    package let plan: @Sendable (JSONObject, Setting) throws -> Plan
    package let reply: @Sendable (Done) -> Reply

    package static let mime = "application/json"

    /// The template cut at its variable; nil: it has none.
    package var parts: (before: String, variable: String, after: String)? {
        guard let open = template.firstIndex(of: "{"), let close = template.firstIndex(of: "}")
        else { return nil }
        return (
            String(template[..<open]), String(template[template.index(after: open)..<close]),
            String(template[template.index(after: close)...])
        )
    }

    /// JSON as the text of a resource.
    static func contents(_ value: JSON) -> Reply {
        Reply(text: value.text, structured: [:], isError: false)
    }

    /// What is no answer to the question: a refusal.
    static func refusal(_ done: Done) -> Reply {
        guard case .refused(let refusal) = done else {
            preconditionFailure("a resource was asked for, and something else came of it")
        }
        return Reply(refusal)
    }
}
