/// The exact value of a JSON number, for comparison without doubles.
///
/// INVARIANT: `digits` has no leading and no trailing zero; zero has none at all, is not
/// negative, and has exponent 0. The value is 0.d₁d₂d₃… × 10^exponent.
package struct DecimalNumber: Hashable, Sendable {
    private let isNegative: Bool
    private let digits: [UInt8]
    private let exponent: Int

    /// Exponents are cut to this many powers of ten either way. Numbers beyond are all the same
    /// to us: far larger, or far smaller, than any bound that is written down.
    private static let exponentLimit = 1_000_000_000

    /// The value of an integer or number; nil for any other JSON value.
    package init?(_ json: JSON) {
        switch json {
        case .integer(let value): self.init(text: value.description)
        case .number(let text): self.init(text: text)
        default: return nil
        }
    }

    private init(text: String) {
        var digits: [UInt8] = []
        var pointAt: Int?
        var exponentText = ""[...]
        for (offset, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "."): pointAt = digits.count
            case UInt8(ascii: "e"), UInt8(ascii: "E"): exponentText = text.dropFirst(offset + 1)
            default: break
            }
            if !exponentText.isEmpty { break }
        }
        let wholeCount = pointAt ?? digits.count
        let leading = digits.prefix { $0 == 0 }.count
        let trailing = digits.dropFirst(leading).reversed().prefix { $0 == 0 }.count
        self.digits = Array(digits.dropFirst(leading).dropLast(trailing))
        isNegative = text.hasPrefix("-") && !self.digits.isEmpty
        exponent = self.digits.isEmpty ? 0 : wholeCount - leading + Self.exponent(exponentText)
    }

    private static func exponent(_ text: Substring) -> Int {
        guard !text.isEmpty else { return 0 }
        let beyond = text.hasPrefix("-") ? -exponentLimit : exponentLimit
        return max(-exponentLimit, min(exponentLimit, Int(text) ?? beyond))
    }

    /// Whether it has no fraction: true of 1.0 and 1e2.
    package var isIntegral: Bool { digits.count <= exponent || digits.isEmpty }

    /// Whether it is below zero.
    package var isBelowZero: Bool { isNegative }

    /// The value without its fraction, and no further out than an Int64 reaches.
    package var truncated: Int64 {
        let beyond = isNegative ? Int64.min : Int64.max
        let mostDigits = 19
        guard exponent > 0 else { return 0 }
        guard exponent <= mostDigits else { return beyond }
        let whole = digits.prefix(exponent)
        let zeros = String(repeating: "0", count: exponent - whole.count)
        let text = (isNegative ? "-" : "") + whole.map(String.init).joined() + zeros
        return Int64(text) ?? beyond
    }

    /// The same value as an Int64; nil with a fraction, or beyond.
    package var asInteger: Int64? {
        let mostDigits = 19
        guard isIntegral, exponent <= mostDigits else { return nil }
        let zeros = String(repeating: "0", count: exponent - digits.count)
        return Int64((isNegative ? "-0" : "0") + digits.map(String.init).joined() + zeros)
    }

    /// The smallest Int64 that is not below it; nil beyond.
    package var roundedUp: Int64? {
        if isIntegral { return asInteger }
        let mostDigits = 19
        guard exponent <= mostDigits else { return nil }
        let whole = digits.prefix(max(0, exponent)).map(String.init).joined()
        guard let cut = Int64((isNegative ? "-0" : "0") + whole) else { return nil }
        if isNegative { return cut }
        let (next, overflow) = cut.addingReportingOverflow(1)
        return overflow ? nil : next
    }
}

extension DecimalNumber: Comparable {
    package static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
    }

    /// Comparison of magnitudes.
    private func isSmaller(than other: DecimalNumber) -> Bool {
        if digits.isEmpty || other.digits.isEmpty { return !other.digits.isEmpty && digits.isEmpty }
        if exponent != other.exponent { return exponent < other.exponent }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}

extension JSON {
    /// Equality as JSON Schema has it: numbers by value, so 1 equals 1.0.
    package func hasSameValue(as other: JSON) -> Bool {
        switch (self, other) {
        case (.integer(let left), .integer(let right)):
            return left == right
        case (.integer, .number), (.number, .integer), (.number, .number):
            return DecimalNumber(self) == DecimalNumber(other)
        case (.array(let left), .array(let right)):
            return left.count == right.count
                && zip(left, right).allSatisfy { $0.hasSameValue(as: $1) }
        case (.object(let left), .object(let right)):
            guard left.count == right.count else { return false }
            return left.allSatisfy { right[$0.key]?.hasSameValue(as: $0.value) == true }
        default:
            return self == other
        }
    }

    /// The Int64 that an integer or number is worth, so 5 for 5.0 and 5e0; nil otherwise.
    /// JSON Schema calls those integers too; `asInteger` wants the plain spelling.
    package var integralValue: Int64? {
        if case .integer(let value) = self { return value }
        return DecimalNumber(self)?.asInteger
    }
}
