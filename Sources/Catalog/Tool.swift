// A tool: a declaration, how to read its arguments, and how to say what came out. No effects.

package import Jail
package import Notation
package import Policies
internal import Wire

/// One catalogued tool. The gateway checks the arguments against the declared schema, asks the
/// tool for a plan, carries the plan out, and asks the tool for the reply.
package protocol Tool: SendableMetatype {
    /// Apart from the declaration, so that one tool's description can name another.
    static var name: String { get }
    static var declaration: Declaration { get }
    static func plan(
        _ arguments: JSONObject, _ setting: Setting
    ) throws(ToolError) -> Plan
    static func reply(to done: Done, of plan: Plan) -> Reply
    /// What of it can be read by an address as well.
    static var resources: [ToolResource] { get }
}

extension Tool {
    package static var resources: [ToolResource] { [] }
}

/// What everybody may know of a tool without calling it.
package struct Declaration: Sendable {
    package let name: String
    package let title: String
    /// The server whose tool of this name we keep to; nil: the tool is our own.
    package var upstream: Upstream?
    /// For the model: the deciding difference first, then limits and units.
    package let description: String
    /// The published category and risk of the upstream tool, and what a call really does.
    package let published: Category
    package let effective: Category
    /// What other arguments make of a call. The first that fits counts.
    package var effects: [Effect] = []
    package let risk: Risk
    /// Arguments and result as JSON Schema 2020-12.
    package let input: JSON
    package let output: JSON
    /// The sandbox profile its calls get.
    package let profile: String
    package let hints: Hints
    /// What the argument `timeout` counts; nil: there is none.
    package var timeout: TimeoutUnit?
    /// Where we differ from upstream's tool on purpose, a sentence each, besides what
    /// `Catalog.divergences` says of all of them.
    package var divergences: [String] = []

    /// A server whose tools are here under their own names.
    package enum Upstream: String, Sendable, CaseIterable {
        case interpreter = "yzfly/mcp-python-interpreter"
        case pyodide = "STUzhy/py_execute_mcp"
    }

    /// The four hints of the protocol: what a client may show, never what we decide by.
    package struct Hints: Sendable {
        package let readOnly: Bool
        package let destructive: Bool
        package let idempotent: Bool
        package let openWorld: Bool

        package init(readOnly: Bool, destructive: Bool, idempotent: Bool, openWorld: Bool) {
            self.readOnly = readOnly
            self.destructive = destructive
            self.idempotent = idempotent
            self.openWorld = openWorld
        }
    }
}

/// What a plan may depend on besides the arguments.
package struct Setting: Sendable {
    /// The limits of the profile the call gets.
    package var limits: Limits
    /// Whether the data environment is there, so that `sci` can be chosen.
    package var hasEnvironment: Bool
    /// The one directory of the user's that calls may see, canonical; nil: there is none.
    package var workspace: String?

    package init(limits: Limits, hasEnvironment: Bool, workspace: String? = nil) {
        self.limits = limits
        self.hasEnvironment = hasEnvironment
        self.workspace = workspace
    }
}

/// What a tool answers.
package struct Reply: Sendable {
    /// One block of what the model is shown.
    package enum Part: Hashable, Sendable {
        case text(String)
        /// PNG or JPEG.
        case image(mime: String, [UInt8])
        case link(Artifact)
    }

    package var parts: [Part]
    package var structured: JSONObject
    package var isError: Bool

    package init(text: String, structured: JSONObject, isError: Bool) {
        parts = [.text(text)]
        self.structured = structured
        self.isError = isError
    }

    /// The first block of text: for a terminal, and for tests.
    package var text: String {
        for case .text(let text) in parts { return text }
        return ""
    }
}

extension Reply {
    /// That nothing was done, and why.
    package init(_ refusal: Refusal) {
        self.init(
            text: "\(refusal.code): \(refusal.reason)",
            structured: [
                "error": ["code": .string(refusal.code), "reason": .string(refusal.reason)]
            ], isError: true)
    }

    /// The reply of every tool that runs a program.
    static func toRun(
        _ done: Done, _ plan: Plan, _ layout: ExecutionReply.Layout = .markers
    ) -> Reply {
        guard case .ran(let ran) = done else { return refused(done) }
        return ExecutionReply(ran, plan, layout).reply
    }

    /// What is left when a tool has not got the answer that its plan asked for.
    static func refused(_ done: Done) -> Reply {
        guard case .refused(let refusal) = done else {
            preconditionFailure("one kind of work was planned, and another came of it")
        }
        return Reply(refusal)
    }

    /// That it was done: what there is to say, and the same in fields.
    init(_ text: String, _ fields: JSONObject, notes: [String] = []) {
        var structured = fields
        structured["error"] = .null
        if !notes.isEmpty { structured["notes"] = .array(notes.map { .string($0) }) }
        let lines = notes.map { "note: \($0)" } + [text]
        self.init(
            text: lines.joined(separator: "\n"), structured: structured, isError: false)
    }
}

/// Arguments that fit the schema and still make no sense: a sentence that names the argument.
package struct ToolError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
