// A JSON value that loses nothing: numbers keep their exact text, objects keep their order.
//
// INVARIANT: every `.number` holds a valid RFC 8259 number that is not the text of an Int64.
// INVARIANT: a value made by `init(parsing:)` nests at most `JSONLimits.maxDepth` deep, so walking
// it by recursion can't overflow the stack.

/// One JSON value.
///
/// Text is compared by bytes, not by Swift's canonical equivalence: "é" as one code point and as
/// two are different keys for every program downstream, so they are different here.
package enum JSON: Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// The source text of a number that is not an Int64: a fraction, an exponent, or too big.
    ///
    /// `1.0` and `1e2` stay as they were written. `-0` is read as the integer 0: JSON has one zero.
    case number(String)
    case string(String)
    case array([JSON])
    case object(JSONObject)
}

extension JSON {
    /// Reads exactly one JSON text (RFC 8259), with nothing before or after but white space.
    ///
    /// Refused beyond the grammar: invalid UTF-8, lone surrogates, a byte order mark, duplicate
    /// keys, and whatever exceeds `limits`.
    package init(
        parsing bytes: [UInt8], limits: JSONLimits = .standard
    ) throws(JSONError) {
        try self.init(parsing: bytes.span, limits: limits)
    }

    /// As `init(parsing: [UInt8])`, for bytes that live in a larger buffer.
    package init(
        parsing bytes: Span<UInt8>, limits: JSONLimits = .standard
    ) throws(JSONError) {
        var parser = JSONParser(limits: limits)
        self = try parser.document(in: bytes)
    }

    /// An integer of any width; one beyond Int64 keeps its digits as a `.number`.
    package init(_ value: some BinaryInteger) {
        self = Int64(exactly: value).map(JSON.integer) ?? .number(String(value))
    }

    /// The shortest text that reads back as `value`, or nil for an infinity or NaN,
    /// which JSON can't spell. An integral value keeps its `.0`.
    package static func double(_ value: Double) -> JSON? {
        value.isFinite ? .number(value.description) : nil
    }

    package var asBool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    package var asInteger: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The nearest double of an integer or number; nil when it is beyond the range of a double.
    package var asDouble: Double? {
        switch self {
        case .integer(let value): return Double(value)
        case .number(let text): return Double(text).flatMap { $0.isFinite ? $0 : nil }
        default: return nil
        }
    }

    package var asString: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var asArray: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }

    package var asObject: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The member called `key`, or nil when this is no object or has no such member.
    package subscript(_ key: String) -> JSON? {
        if case .object(let object) = self { object[key] } else { nil }
    }
}

extension JSON: Hashable {
    /// Objects are equal whatever the order of their members; numbers only when spelled alike
    /// (`1.0` is not `1`: see `DecimalNumber` for comparison by value).
    package static func == (left: JSON, right: JSON) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.number(let left), .number(let right)): left.hasSameBytes(as: right)
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0 as UInt8)
        case .bool(let value): hasher.combine(value)
        case .integer(let value): hasher.combine(value)
        case .number(let text), .string(let text): hasher.combine(text)
        case .array(let elements): hasher.combine(elements)
        case .object(let object): hasher.combine(object)
        }
    }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(nilLiteral: ()) { self = .null }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(stringLiteral value: String) { self = .string(value) }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }

    package init(floatLiteral value: Double) {
        precondition(value.isFinite, "a JSON literal must be a finite number")
        self = .number(value.description)
    }

    package init(dictionaryLiteral members: (String, JSON)...) {
        self = .object(JSONObject(literal: members))
    }
}

extension JSON: CustomStringConvertible {
    package var description: String { text }
}
