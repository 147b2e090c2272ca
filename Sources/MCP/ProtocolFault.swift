package import Notation

/// Why a request gets an error and no result: code, sentence, and data where the code has some.
package struct ProtocolFault: Error, Hashable, Sendable {
    package let code: ErrorCode
    package let message: String
    package let data: JSON?
    /// What was wrong, in a word.
    package let subject: Subject
    /// `message` without a word of the client's: for the audit log, which keeps none.
    package let reason: String

    /// What a fault is about.
    package enum Subject: String, Hashable, Sendable, CaseIterable {
        /// The line is not JSON we read, or too long.
        case line
        case batch
        /// JSON, but no message.
        case message
        case envelope
        case method
        case tool
        case params
        /// Of the client.
        case capability
        /// This server can't do it, or not now.
        case server
    }

    /// `subject`: nil leaves it to the code. `reason`: nil where the message quotes no client.
    package init(
        _ code: ErrorCode, _ message: String, data: JSON? = nil, about subject: Subject? = nil,
        reason: String? = nil
    ) {
        self.code = code
        self.message = message
        self.data = data
        self.subject = subject ?? code.subject
        self.reason = reason ?? message
    }

    /// The `error` object.
    var members: JSONObject {
        var members: JSONObject = ["code": .integer(code.rawValue), "message": .string(message)]
        if let data { members["data"] = data }
        return members
    }

    /// Something broke on our side. The audit log and stderr have the story, the client does not.
    package static let internalFault = ProtocolFault(
        .internalFault,
        "The server failed to answer this request. Its log on stderr says why; other calls go on.")

    /// A tool outside the offered set, with the nearest name that is in it. Where characters of
    /// the name look like others, the first of them is told: nobody would see why it is unknown.
    package static func unknownTool(_ name: String, known: [String]) -> ProtocolFault {
        var message = "Unknown tool \(Excerpt.quote(name))."
        var reason = "The tool is not on offer."
        if let found = DeceptiveScalar.all(in: name).first {
            message += " Its character \(found.position) is \(found.name), which \(found.fault)."
            reason += " Its name has \(found.name), which \(found.fault)."
        }
        let reading = DeceptiveScalar.reading(of: name)
        if let near = Suggestion.nearest(to: reading, among: known) {
            message += " Did you mean \(Excerpt.quote(near))?"
            reason += " The nearest name that is: \(near)."
        }
        return ProtocolFault(
            .invalidParams, message + " tools/list names every tool served here.", about: .tool,
            reason: reason)
    }

    /// A resource that is not there, or not for this caller: which of the two is nobody's business.
    /// 2026-07-28 took the older revisions' own code away.
    package static func unknownResource(_ uri: String, in era: Era) -> ProtocolFault {
        ProtocolFault(
            era == .stateless ? .invalidParams : .resourceNotFound,
            "No resource \(Excerpt.quote(uri)). resources/list and resources/templates/list name "
                + "what can be read.",
            data: ["uri": .string(uri)])
    }

    /// A resource that is there and was not read; `reason` is a sentence for the client.
    package static func unreadResource(_ uri: String, _ reason: String) -> ProtocolFault {
        ProtocolFault(.invalidParams, reason, data: ["uri": .string(uri)])
    }

    /// A prompt that is not on offer, with the nearest name that is.
    package static func unknownPrompt(_ name: String, known: [String]) -> ProtocolFault {
        var message = "Unknown prompt \(Excerpt.quote(name))."
        if let near = Suggestion.nearest(to: name, among: known) {
            message += " Did you mean \(Excerpt.quote(near))?"
        }
        return ProtocolFault(
            .invalidParams, message + " prompts/list names every prompt served here.")
    }

    /// An argument that a prompt needs or does not know, or that a template does not have.
    package static func badArgument(_ name: String, _ problem: String) -> ProtocolFault {
        ProtocolFault(.invalidParams, "The argument \(Excerpt.quote(name)) \(problem).")
    }

    /// A reference of completion/complete that leads nowhere.
    package static func unknownTemplate(_ template: String) -> ProtocolFault {
        ProtocolFault(
            .invalidParams,
            "No resource template \(Excerpt.quote(template)). resources/templates/list names them.")
    }

    /// A task that never was, was another caller's, or is no longer kept.
    package static let unknownTask = ProtocolFault(
        .invalidParams,
        "No such task: the id is wrong, or its result is no longer kept. Make the call again.")

    /// Tasks are for clients that say in each request that they know them.
    static let tasksUndeclared = ProtocolFault(
        .missingClientCapability,
        "Tasks need a client that declares the extension \(Offer.tasksExtension) in the envelope "
            + "of this request.",
        data: ["requiredCapabilities": ["extensions": [Offer.tasksExtension: [:]]]])

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
            ]), reason: "The envelope names a protocol version that is not served.")
    }

    static func unreadable(_ error: JSONError) -> ProtocolFault {
        let place = "Unreadable at byte \(error.offset): "
        return ProtocolFault(
            .unreadable, "\(place)\(error.reason).", reason: "\(place)\(error.reason.ownWords).")
    }

    static func lineTooLong(bytes: Int, limit: Int) -> ProtocolFault {
        ProtocolFault(
            .invalidRequest,
            "The line had \(bytes) bytes; the limit is \(limit). It was skipped unread.",
            about: .line)
    }
}

extension ErrorCode {
    /// What most faults of the code are about.
    fileprivate var subject: ProtocolFault.Subject {
        switch self {
        case .unreadable: .line
        case .invalidRequest: .message
        case .methodNotFound: .method
        case .invalidParams, .resourceNotFound: .params
        case .internalFault: .server
        case .missingClientCapability: .capability
        case .unsupportedVersion: .envelope
        }
    }
}

extension JSONError.Reason {
    /// The reason without what stood in the text.
    fileprivate var ownWords: String {
        switch self {
        case .unexpectedByte(_, let expected): "something else where \(expected) should stand"
        case .duplicateKey: "a key appears twice in one object"
        case .caseVariantKey: "two keys of one object differ only in case"
        default: description
        }
    }
}
