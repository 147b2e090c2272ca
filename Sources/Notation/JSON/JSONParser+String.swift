// Strings: one scan and one copy when there is no escape, which is nearly always.

extension JSONParser {
    /// Reads the string whose opening quote is at `position`.
    mutating func string(in bytes: Span<UInt8>) throws(JSONError) -> String {
        position += 1
        let start = position
        skipPlain(in: bytes)
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
            return try escapedString(from: start, in: bytes)
        }
        let end = position
        position += 1
        return try text(of: start..<end, in: bytes)
    }

    /// The checked text of a range of the input.
    func text(of range: Range<Int>, in bytes: Span<UInt8>) throws(JSONError) -> String {
        do {
            return String(copying: try UTF8Span(validating: bytes.extracting(range)))
        } catch {
            throw failure(.invalidUTF8, at: range.lowerBound + error.byteOffsets.lowerBound)
        }
    }

    /// Stops at a quote, a backslash, a control character or the end.
    private mutating func skipPlain(in bytes: Span<UInt8>) {
        var here = position
        while here < bytes.count {
            let byte = bytes[here]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
            here += 1
        }
        position = here
    }

    /// The slow path: finds the closing quote, then decodes into a buffer of known size.
    private mutating func escapedString(
        from start: Int, in bytes: Span<UInt8>
    ) throws(JSONError) -> String {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            guard bytes[position] == UInt8(ascii: "\\") else {
                throw failure(.controlCharacter(bytes[position]), at: position)
            }
            position += 2
            skipPlain(in: bytes)
        }
        let end = position
        guard end < bytes.count else {
            position = bytes.count
            throw self.end(expected: "the closing quote of a string")
        }
        position = start
        let decoded = try [UInt8](capacity: end - start) {
            (output: inout OutputSpan<UInt8>) throws(JSONError) in
            try decode(upTo: end, in: bytes, into: &output)
        }
        position = end + 1
        do {
            return String(copying: try UTF8Span(validating: decoded.span))
        } catch {
            // An escape decodes to whole characters, so it is the source that is broken.
            return try text(of: start..<end, in: bytes)
        }
    }

    /// Copies the body of a string, with its escapes decoded; an escape never grows.
    private mutating func decode(
        upTo end: Int, in bytes: Span<UInt8>, into output: inout OutputSpan<UInt8>
    ) throws(JSONError) {
        while position < end {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\\") {
                let scalar = try escape(in: bytes)
                if scalar.value < 0x80 {
                    output.append(UInt8(scalar.value))
                } else {
                    for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                        output.append(unit)
                    }
                }
            } else {
                output.append(byte)
                position += 1
            }
        }
    }

    /// Reads the escape whose backslash is at `position`.
    private mutating func escape(in bytes: Span<UInt8>) throws(JSONError) -> Unicode.Scalar {
        let start = position
        position += 2
        switch bytes[position - 1] {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(from: start, in: bytes)
        default: throw failure(.invalidEscape, at: start)
        }
    }

    /// Reads the digits after `\u`, and the second half of a surrogate pair.
    private mutating func unicodeEscape(
        from start: Int, in bytes: Span<UInt8>
    ) throws(JSONError) -> Unicode.Scalar {
        let unit = try fourHexDigits(from: start, in: bytes)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00,
            next(is: UInt8(ascii: "\\"), in: bytes), next(is: UInt8(ascii: "u"), in: bytes)
        else { throw failure(.loneSurrogate, at: start) }
        let low = try fourHexDigits(from: start, in: bytes)
        guard low >= 0xDC00, low < 0xE000,
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else { throw failure(.loneSurrogate, at: start) }
        return scalar
    }

    private mutating func fourHexDigits(
        from start: Int, in bytes: Span<UInt8>
    ) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard position < bytes.count, let digit = Hex.value(of: bytes[position]) else {
                throw failure(.invalidEscape, at: start)
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}
