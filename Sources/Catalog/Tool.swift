// A tool: a declaration, how to read its arguments, and how to say what came out. No effects.

package import Jail
package import Notation
package import Policies
internal import Wire

/// One catalogued tool. The gateway checks the arguments against the declared schema, asks the
/// tool for a plan, carries the plan out, and asks the tool for the reply.
package protocol Tool: SendableMetatype {
    static var declaration: Declaration { get }
    static func plan(
        _ arguments: JSONObject, _ setting: Setting
    ) throws(ToolError) -> Plan
    static func reply(to done: Done, of plan: Plan) -> Reply
}

/// What everybody may know of a tool without calling it.
package struct Declaration: Sendable {
    package let name: String
    package let title: String
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

    package init(limits: Limits, hasEnvironment: Bool) {
        self.limits = limits
        self.hasEnvironment = hasEnvironment
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
    static func toRun(_ done: Done, _ plan: Plan) -> Reply {
        switch done {
        case .ran(let ran): ExecutionReply(ran, plan).reply
        case .refused(let refusal): Reply(refusal)
        case .sessions, .files, .environments:
            preconditionFailure("a program was run, and something else came of it")
        }
    }
}

/// Arguments that fit the schema and still make no sense: a sentence that names the argument.
package struct ToolError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
