// Taking secrets out of what is recorded: by the name a value goes by, and by its looks.
//
// What it can't see: a secret under a harmless name that looks like nothing in particular, and one
// that was transformed first (reversed, in base 64). Records keep digests of arguments for that
// reason, and show as little of the arguments as an operator needs.

package import Notation

/// Makes a value fit to be written down: no secrets, no long texts, not deep, not wide.
package struct Redactor: Sendable {
    package struct Limits: Hashable, Sendable {
        /// Of one text, in bytes.
        package var textBytes: Int
        /// Members of one object, elements of one array.
        package var members: Int
        package var depth: Int
        /// Values in all.
        package var values: Int

        package init(textBytes: Int, members: Int, depth: Int, values: Int) {
            self.textBytes = textBytes
            self.members = members
            self.depth = depth
            self.values = values
        }
    }

    /// For a summary of arguments.
    package static let summary = Redactor(
        Limits(textBytes: 200, members: 32, depth: 6, values: 128))
    /// For a field of a record: wide enough for a redacted summary to pass unchanged.
    static let record = Limits(textBytes: 2000, members: 64, depth: 12, values: 1024)

    package static let mask = "[redacted]"

    private let limits: Limits

    package init(_ limits: Limits) { self.limits = limits }

    /// The value as a summary.
    package static func redact(_ value: JSON) -> JSON { summary.redact(value) }

    package func redact(_ value: JSON) -> JSON {
        var left = limits.values
        return redacted(value, depth: limits.depth, &left)
    }

    /// The value of a member: its key may speak, too.
    func redact(_ value: JSON, isNamedSecret: Bool) -> JSON {
        var left = limits.values
        return member(value, isNamedSecret, depth: limits.depth, &left)
    }

    /// A text without its secrets, cut to the limit.
    package func redact(_ text: String) -> String {
        SecretScanner.redact(text, limit: limits.textBytes)
    }

    // MARK: Walking

    private func redacted(_ value: JSON, depth: Int, _ left: inout Int) -> JSON {
        left -= 1
        guard left >= 0 else { return "[…]" }
        switch value {
        case .null, .bool, .integer: return value
        // A number has as many digits as its writer likes.
        case .number(let text): return text.utf8.count <= 64 ? value : "[a long number]"
        case .string(let text): return .string(redact(text))
        case .array(let elements):
            guard depth > 0 else { return "[…]" }
            return array(elements, depth: depth - 1, &left)
        case .object(let object):
            guard depth > 0 else { return "{…}" }
            return self.object(object, depth: depth - 1, &left)
        }
    }

    private func array(_ elements: [JSON], depth: Int, _ left: inout Int) -> JSON {
        var result: [JSON] = []
        // `["--password", "x"]` and `["Authorization", "x"]` name their secrets, too.
        var isNamed = false
        for element in elements.prefix(limits.members) {
            if isNamed, element.asString != nil {
                result.append(.string(Self.mask))
                isNamed = false
            } else {
                result.append(redacted(element, depth: depth, &left))
                isNamed = element.asString.map(SecretName.isBareName) ?? false
            }
        }
        let more = elements.count - result.count
        if more > 0 { result.append(.string("[… \(more) more]")) }
        return .array(result)
    }

    private func object(_ object: JSONObject, depth: Int, _ left: inout Int) -> JSON {
        // `{"name": "Authorization", "value": "x"}`: the name stands beside.
        let isNamed = SecretName.namingKeys.contains { key in
            object[key]?.asString.map(SecretName.isSecret) ?? false
        }
        var result = JSONObject()
        for (key, value) in object.prefix(limits.members) {
            var name = SecretScanner.redact(key, limit: 128)
            // Two keys may look alike once redacted.
            if result[name] != nil { name += "#\(result.count)" }
            if isNamed, !SecretName.namingKeys.contains(key), value.asString != nil {
                result[name] = .string(Self.mask)
            } else {
                result[name] = member(value, SecretName.isSecret(key), depth: depth, &left)
            }
        }
        let more = object.count - min(object.count, limits.members)
        if more > 0 { result["…"] = .string("\(more) more") }
        return .object(result)
    }

    private func member(
        _ value: JSON, _ isNamedSecret: Bool, depth: Int, _ left: inout Int
    ) -> JSON {
        switch value {
        case .null, .bool: value
        case _ where isNamedSecret: .string(Self.mask)
        default: redacted(value, depth: depth, &left)
        }
    }
}
