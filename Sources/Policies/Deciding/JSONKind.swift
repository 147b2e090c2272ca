internal import Notation

/// The types of JSON, as JSON Schema names them: an integer is also a number, 5.0 an integer.
enum JSONKind: String, Sendable {
    case string, integer, number, boolean, array, object, null

    func includes(_ value: JSON) -> Bool {
        switch (self, value) {
        case (.string, .string), (.boolean, .bool), (.array, .array), (.object, .object),
            (.null, .null), (.number, .integer), (.number, .number), (.integer, .integer):
            true
        case (.integer, .number): DecimalNumber(value)?.isIntegral == true
        default: false
        }
    }
}
