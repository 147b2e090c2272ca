package import Notation

/// A request for a prompt with its arguments filled in; whether there is one is not decided yet.
package struct PromptRequest: Hashable, Sendable {
    /// Bytes of UTF-8 an argument's value may have: a program, or a traceback.
    package static let maxArgumentBytes = 65_536

    package let id: RequestID
    package let era: Era
    package let name: String
    /// Every value is a string. Empty when the client sent none.
    package let arguments: JSONObject

    init(_ request: Request, _ era: Era) throws(ProtocolFault) {
        id = request.id
        self.era = era
        name = try request.text("name", "the prompt's name", atMost: Request.maxNameBytes)
        arguments = try request.texts(
            request.params["arguments"], called: "arguments", atMost: Self.maxArgumentBytes)
    }
}
