// What a scalar means, by the rules of go-yaml v3, for which Intercept's policies are written:
// the YAML 1.2 core schema, plus underscores, binary and old octal numbers, plus timestamps.

/// The typed value of a scalar.
package enum YAMLValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// A finite number that is not an Int64, as JSON spells it: `.5` is "0.5", `+1e2` is "1e2".
    case number(String)
    case infinity(isNegative: Bool)
    case notANumber
    /// A plain date or date-time; its text is the scalar's.
    case timestamp
    case string

    /// What this is, for a message.
    package var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .number, .infinity, .notANumber: "a number"
        case .timestamp: "a date"
        case .string: "text"
        }
    }

    /// As JSON, or nil for the numbers that JSON lacks.
    func json(spelled text: String) -> JSON? {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .integer(let value): .integer(value)
        case .number(let text): .number(text)
        case .infinity, .notANumber: nil
        case .timestamp, .string: .string(text)
        }
    }
}
