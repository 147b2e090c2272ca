internal import Notation

/// The value a test compares with, prepared for `eq` as its dialect has it. A class, so that an
/// operator that is looked at costs one reference count.
final class WantedValue: Sendable {
    let value: JSON
    let number: DecimalNumber?
    /// Go's print of the value, for the compatible dialects; the plain text for ours.
    private let text: String
    private let dialect: Policy.Dialect

    init(_ value: JSON, in dialect: Policy.Dialect) {
        self.value = value
        self.dialect = dialect
        number = DecimalNumber(value)
        text = dialect == .sandboa ? Self.plainText(value) : GoText.ofPolicy(value)
    }

    /// `eq`: numbers by value and exactly; everything else by the text it prints as. Our own
    /// dialect prints only scalars, so that a list never equals a text.
    func equals(_ actual: JSON) -> Bool {
        switch (actual, value) {
        case (.integer(let actual), .integer(let wanted)): return actual == wanted
        case (.integer, .number), (.number, .integer), (.number, .number):
            return DecimalNumber(actual) == number
        default: break
        }
        guard dialect == .sandboa else { return GoText.of(actual, is: text) }
        switch (actual, value) {
        case (.null, _), (_, .null), (.array, _), (_, .array), (.object, _), (_, .object):
            return actual.hasSameValue(as: value)
        case (.string(let actual), _): return actual.hasSameBytes(as: text)
        default: return Self.plainText(actual).hasSameBytes(as: text)
        }
    }

    private static func plainText(_ value: JSON) -> String {
        switch value {
        case .string(let text), .number(let text): text
        case .integer(let value): "\(value)"
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: ""
        }
    }
}
