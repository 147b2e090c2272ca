import Notation

/// The question a person answers before a call may run: a text, and a form with one box.
///
/// Everything foreign in it is made visible first, and the arguments, which the agent chose, come
/// last, each line behind a bar: nothing the agent writes can stand before our own words, end
/// them, or pass for them.
///
/// INVARIANT: equal parts make equal questions, so a digest tells whether one was reworded.
package struct ElicitationQuestion: Hashable, Sendable {
    /// What the person reads. Line ends are the only control characters in it.
    package let message: String

    /// The one property of the form.
    package static let box = "approve"

    /// Bounds of the parts, in Unicode scalars as shown.
    static let maxTool = CallRequest.maxToolNameBytes
    static let maxRule = 200
    static let maxWalls = 400
    static let maxArguments = 4000
    static let maxArgumentLines = 80
    /// What a message never exceeds, our own words included.
    package static let maxMessageScalars = 6000

    /// - Parameters:
    ///   - arguments: what the call would do, secrets already left out. Pass all of it: what is
    ///     too long is cut here, and the person is told before they read.
    ///   - walls: what would hold the call in, such as `compute: no network, no files`.
    package init(tool: String, rule: String, arguments: String, walls: String) {
        let shown = VisibleText(
            lines: arguments.isEmpty ? "(none)" : arguments, prefix: "  | ",
            most: Self.maxArguments, mostLines: Self.maxArgumentLines)
        let cut =
            shown.isCut
            ? "CUT, the rest of \(arguments.utf8.count) bytes is not shown"
            : "all of them"
        message = """
            An agent wants to make a call that needs a person's approval.

            Tool: \(Self.line(tool, Self.maxTool))
            Rule: \(Self.line(rule, Self.maxRule))
            Walls: \(Self.line(walls, Self.maxWalls))

            Tick the box and accept to let this one call run. Anything else refuses it.
            What follows was written by the agent. Arguments (\(cut)):
            \(shown.text)
            """
    }

    private static func line(_ text: String, _ most: Int) -> String {
        let shown = VisibleText(line: text, most: most)
        return shown.isCut ? shown.text + "… (cut)" : shown.text
    }

    /// The params of `elicitation/create`, with only what the era knows.
    func params(for era: Era) -> JSONObject {
        var params: JSONObject = era.hasElicitationModes ? ["mode": "form"] : [:]
        params["message"] = .string(message)
        params["requestedSchema"] = Self.schema
        return params
    }

    /// Unticked by default: a client that submits an untouched form has not approved.
    private static let schema: JSON = [
        "type": "object",
        "properties": [
            .init(box): [
                "type": "boolean", "title": "Approve this call",
                "description": "Lets the call run once, exactly as shown.", "default": false,
            ]
        ],
        "required": [.string(box)],
    ]

    /// What a digest of the question is taken over: the text and the form.
    package var canonicalBytes: [UInt8] {
        JSON.object(params(for: .stateless)).canonicalBytes
    }
}
