/// One compiled schema object. Schemas inside it are places in the table of rules, so that
/// a schema can refer to itself.
struct SchemaRule: Sendable {
    enum Additional: Sendable {
        case allowed
        case refused
        case rule(Int)
    }

    /// A bound of a number: its exact value, and its spelling for the message.
    struct Bound: Sendable {
        let value: DecimalNumber
        let text: String
    }

    /// Set for the schema `false`, which no value fits.
    var refusesAll = false
    var types: SchemaType?
    var properties: [ExactText: Int] = [:]
    /// Names of the properties in the order of the schema, for suggestions.
    var propertyNames: [String] = []
    var required: [String] = []
    var additional = Additional.allowed
    var items: Int?
    var choices: [JSON]?
    var constant: JSON?
    var minLength: Int?
    var maxLength: Int?
    var minItems: Int?
    var maxItems: Int?
    var minimum: Bound?
    var maximum: Bound?
    var anyOf: [Int] = []
    var oneOf: [Int] = []
    var reference: Int?
}
