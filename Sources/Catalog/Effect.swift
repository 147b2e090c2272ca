// How a call's arguments change what it does: the table policies judge by.

package import Notation
package import Policies

/// One line of a tool's table: with this argument, the call does that.
package struct Effect: Sendable {
    package enum Value: Sendable {
        /// One of these values.
        case oneOf([JSON])
        /// Any value but null and false.
        case given
        /// Absent, null or false.
        case absent
    }

    package let argument: String
    package let value: Value
    package let category: Category
    /// What the call does then, for a person: "deletes the environment".
    package let says: String

    package init(_ argument: String, _ value: Value, is category: Category, says: String) {
        self.argument = argument
        self.value = value
        self.category = category
        self.says = says
    }

    /// The condition for a person: `action: delete, remove`.
    package var words: String {
        switch value {
        case .oneOf(let values):
            "\(argument): \(values.map { $0.asString ?? $0.text }.joined(separator: ", "))"
        case .given: "\(argument) given"
        case .absent: "without \(argument)"
        }
    }

    /// A value of the argument that the line is about.
    package var example: JSON {
        switch value {
        case .oneOf(let values): values.first ?? .null
        case .given: true
        case .absent: .null
        }
    }

    /// Whether the line is about these arguments.
    package func fits(_ arguments: JSONObject) -> Bool {
        let actual = arguments[argument] ?? .null
        let isThere = actual != .null && actual != .bool(false)
        return switch value {
        case .oneOf(let values): values.contains(actual)
        case .given: isThere
        case .absent: !isThere
        }
    }
}

extension Declaration {
    /// Arguments that must be there.
    package var required: [String] {
        (input["required"]?.asArray ?? []).compactMap(\.asString)
    }

    /// Some value for each argument that must be there: for showing what policy says to a call.
    package var examples: JSONObject {
        var examples: JSONObject = [:]
        for name in required {
            switch input["properties"]?[name]?["type"]?.asString {
            case "integer", "number": examples[name] = 1
            case "boolean": examples[name] = true
            case "array": examples[name] = []
            case "object": examples[name] = [:]
            default: examples[name] = ""
            }
        }
        return examples
    }

    /// What a call with these arguments does.
    package func category(of arguments: JSONObject) -> Category {
        effects.first { $0.fits(arguments) }?.category ?? effective
    }
}
