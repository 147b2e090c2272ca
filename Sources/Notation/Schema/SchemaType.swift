/// The types of JSON Schema, as a set.
struct SchemaType: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let null = SchemaType(rawValue: 1)
    static let boolean = SchemaType(rawValue: 2)
    static let integer = SchemaType(rawValue: 4)
    static let number = SchemaType(rawValue: 8)
    static let string = SchemaType(rawValue: 16)
    static let array = SchemaType(rawValue: 32)
    static let object = SchemaType(rawValue: 64)

    /// Name in a schema, and the words for a message.
    static let all: [(type: SchemaType, name: String, words: String)] = [
        (.null, "null", "null"), (.boolean, "boolean", "true or false"),
        (.integer, "integer", "an integer"), (.number, "number", "a number"),
        (.string, "string", "a string"), (.array, "array", "an array"),
        (.object, "object", "an object"),
    ]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init?(named name: String) {
        guard let known = Self.all.first(where: { $0.name == name }) else { return nil }
        self = known.type
    }

    /// Every type that `value` has: an integer is also a number, and so is 1.0 an integer.
    init(of value: JSON) {
        switch value {
        case .null: self = .null
        case .bool: self = .boolean
        case .integer: self = [.integer, .number]
        case .number:
            let isIntegral = DecimalNumber(value)?.isIntegral == true
            self = isIntegral ? [.integer, .number] : .number
        case .string: self = .string
        case .array: self = .array
        case .object: self = .object
        }
    }

    /// "an integer or null".
    var words: String {
        let words = Self.all.filter { contains($0.type) }.map(\.words)
        guard let last = words.last, words.count > 1 else { return words.first ?? "nothing" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}
