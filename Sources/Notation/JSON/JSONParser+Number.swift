// Numbers: an Int64 when the text is one, else the exact text.

extension JSONParser {
    mutating func number(in bytes: Span<UInt8>) throws(JSONError) -> JSON {
        let start = position
        let isNegative = next(is: UInt8(ascii: "-"), in: bytes)
        let first = position
        let magnitude = digits(in: bytes)
        guard position > first, bytes[first] != UInt8(ascii: "0") || position == first + 1 else {
            throw failure(.malformedNumber, at: start)
        }
        var isInteger = true
        if next(is: UInt8(ascii: "."), in: bytes) {
            isInteger = false
            try someDigits(in: bytes, of: start)
        }
        if next(is: UInt8(ascii: "e"), in: bytes) || next(is: UInt8(ascii: "E"), in: bytes) {
            isInteger = false
            if !next(is: UInt8(ascii: "+"), in: bytes) {
                _ = next(is: UInt8(ascii: "-"), in: bytes)
            }
            try someDigits(in: bytes, of: start)
        }
        if isInteger, let magnitude {
            if !isNegative, let value = Int64(exactly: magnitude) { return .integer(value) }
            if isNegative, magnitude <= Int64.min.magnitude {
                return .integer(Int64(truncatingIfNeeded: 0 &- magnitude))
            }
        }
        return .number(try text(of: start..<position, in: bytes))
    }

    /// Steps over digits; their value, or nil if it is beyond 64 bits.
    private mutating func digits(in bytes: Span<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        var hasOverflowed = false
        while position < bytes.count {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            let (shifted, first) = value.multipliedReportingOverflow(by: 10)
            let (sum, second) = shifted.addingReportingOverflow(UInt64(digit))
            hasOverflowed = hasOverflowed || first || second
            value = sum
            position += 1
        }
        return hasOverflowed ? nil : value
    }

    private mutating func someDigits(
        in bytes: Span<UInt8>, of start: Int
    ) throws(JSONError) {
        let first = position
        _ = digits(in: bytes)
        guard position > first else { throw failure(.malformedNumber, at: start) }
    }
}
