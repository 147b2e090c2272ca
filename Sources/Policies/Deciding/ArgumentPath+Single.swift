// Paths that lead to one value: what a limit counts.

internal import Notation

extension ArgumentPath {
    /// The one value the path leads to; nil when there is none, or when it may be several.
    func single(in arguments: JSONObject) -> JSON? {
        var value = JSON.object(arguments)
        for step in steps {
            switch (step, value) {
            case (.key(let key), .object(let object)):
                guard let member = object[key] else { return nil }
                value = member
            case (.index(let index), .array(let elements)):
                guard elements.indices.contains(index) else { return nil }
                value = elements[index]
            default:
                guard step == .length, let count = value.length else { return nil }
                value = count
            }
        }
        return value
    }
}

extension JSON {
    /// How many elements, members or characters there are; nil for other values.
    var length: JSON? {
        switch self {
        case .array(let elements): JSON(elements.count)
        case .object(let object): JSON(object.count)
        case .string(let text): JSON(text.unicodeScalars.count)
        case .null, .bool, .integer, .number: nil
        }
    }
}
