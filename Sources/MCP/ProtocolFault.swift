package import Notation

/// Why a request gets an error and no result: code, sentence, and data where the code has some.
package struct ProtocolFault: Error, Hashable, Sendable {
    package let code: ErrorCode
    package let message: String
    package let data: JSON?

    package init(_ code: ErrorCode, _ message: String, data: JSON? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    /// Something broke on our side. The audit log and stderr have the story, the client does not.
    package static let internalFault = ProtocolFault(
        .internalFault,
        "The server failed to answer this request. Its log on stderr says why; other calls go on.")

    /// A tool outside the offered set, with the nearest name that is in it.
    package static func unknownTool(_ name: String, known: [String]) -> ProtocolFault {
        var message = "Unknown tool \(Excerpt.quote(name))."
        if let near = Suggestion.nearest(to: name, among: known) {
            message += " Did you mean \(Excerpt.quote(near))?"
        }
        return ProtocolFault(.invalidParams, message + " tools/list names every tool served here.")
    }

    /// The call needs something from the client that this request's envelope did not declare.
    /// `capabilities` has the shape of the client's own, such as `{"elicitation":{}}`.
    package static func missingClientCapability(_ capabilities: JSONObject) -> ProtocolFault {
        let names = capabilities.keys.joined(separator: ", ")
        return ProtocolFault(
            .missingClientCapability,
            "This request needs a client that declares: \(names). Declare it in the envelope, "
                + "or use a tool that does without.",
            data: .object(["requiredCapabilities": .object(capabilities)]))
    }

    static func unsupportedVersion(_ asked: String) -> ProtocolFault {
        ProtocolFault(
            .unsupportedVersion,
            "Protocol version \(Excerpt.quote(asked)) is not served with an envelope. "
                + "Use \(Era.statelessVersion), or open with initialize.",
            data: .object([
                "supported": .array([.string(Era.statelessVersion)]),
                "requested": .string(Excerpt.clip(asked)),
            ]))
    }

    static func unreadable(_ error: JSONError) -> ProtocolFault {
        ProtocolFault(.unreadable, "Unreadable at byte \(error.offset): \(error.reason).")
    }

    static func lineTooLong(bytes: Int, limit: Int) -> ProtocolFault {
        ProtocolFault(
            .invalidRequest,
            "The line had \(bytes) bytes; the limit is \(limit). It was skipped unread.")
    }
}
