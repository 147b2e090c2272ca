package import Notation

/// A request for the values an argument could have, going on from what is typed already.
package struct CompletionRequest: Hashable, Sendable {
    /// What the argument belongs to.
    package enum Reference: Hashable, Sendable {
        case prompt(String)
        /// A resource template, as `resources/templates/list` spells it.
        case template(String)
    }

    /// Bytes of UTF-8 of what is typed, and of each other argument.
    package static let maxValueBytes = 1024

    package let id: RequestID
    package let era: Era
    package let reference: Reference
    package let argument: String
    /// What is typed so far; may be empty.
    package let value: String
    /// The other arguments, as far as they are known; every value is a string.
    package let context: JSONObject

    init(_ request: Request, _ era: Era) throws(ProtocolFault) {
        id = request.id
        self.era = era
        reference = try Self.reference(request)
        guard let typed = request.params["argument"],
            let argument = typed["name"]?.asString, let value = typed["value"]?.asString,
            (1...Request.maxNameBytes).contains(argument.utf8.count),
            value.utf8.count <= Self.maxValueBytes
        else {
            throw ProtocolFault(
                .invalidParams,
                "\(request.method) needs `argument`: `name`, 1 to \(Request.maxNameBytes) bytes, "
                    + "and `value`, at most \(Self.maxValueBytes).")
        }
        self.argument = argument
        self.value = value
        let others = era.hasCompletionContext ? request.params["context"]?["arguments"] : nil
        context = try request.texts(
            others, called: "context.arguments", atMost: Self.maxValueBytes)
    }

    private static func reference(_ request: Request) throws(ProtocolFault) -> Reference {
        let given = request.params["ref"]
        switch given?["type"]?.asString {
        case "ref/prompt":
            if let name = given?["name"]?.asString,
                (1...Request.maxNameBytes).contains(name.utf8.count)
            {
                return .prompt(name)
            }
        case "ref/resource":
            if let template = given?["uri"]?.asString,
                (1...ReadRequest.maxURIBytes).contains(template.utf8.count)
            {
                return .template(template)
            }
        default: break
        }
        throw ProtocolFault(
            .invalidParams,
            "\(request.method) needs `ref`: {\"type\":\"ref/prompt\",\"name\":…} or "
                + "{\"type\":\"ref/resource\",\"uri\":…}.")
    }
}
