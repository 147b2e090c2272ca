/// Why a text is not JSON we accept, and where.
package struct JSONError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case empty
        case tooManyBytes(limit: Int)
        case tooDeep(limit: Int)
        case tooManyMembers(limit: Int)
        case byteOrderMark
        /// The text stops where `expected` should stand.
        case unexpectedEnd(expected: String)
        case unexpectedByte(UInt8, expected: String)
        case trailingBytes
        case malformedNumber
        case invalidUTF8
        case invalidEscape
        case loneSurrogate
        case controlCharacter(UInt8)
        case duplicateKey(String)
        case caseVariantKey(String)
    }

    package let reason: Reason
    /// Where the trouble starts, in bytes from the beginning of the text.
    package let offset: Int

    package init(reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

extension JSONError: CustomStringConvertible {
    package var description: String { "JSON, byte \(offset): \(reason)" }
}

extension JSONError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty:
            "the text is empty; write one JSON value"
        case .tooManyBytes(let limit):
            "the text is longer than \(limit) bytes; send less at once"
        case .tooDeep(let limit):
            "arrays and objects nest deeper than \(limit) levels; flatten the value"
        case .tooManyMembers(let limit):
            "there are more than \(limit) array elements and object members; send fewer"
        case .byteOrderMark:
            "the text starts with a byte order mark; remove it"
        case .unexpectedEnd(let expected):
            "the text ends where \(expected) should stand"
        case .unexpectedByte(let byte, let expected):
            "found \(Self.name(of: byte)) where \(expected) should stand"
        case .trailingBytes:
            "more text follows the value; send exactly one"
        case .malformedNumber:
            "a number is malformed; write it like 12, -3.5 or 1e9, without leading zeros"
        case .invalidUTF8:
            "the bytes are not UTF-8"
        case .invalidEscape:
            "unknown escape in a string; use \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\uXXXX"
        case .loneSurrogate:
            "a \\u escape is half of a surrogate pair; write both halves"
        case .controlCharacter(let byte):
            "a string holds the raw control character \(Self.name(of: byte)); escape it"
        case .duplicateKey(let key):
            "the key \(Self.quote(key)) appears twice in one object; keep one"
        case .caseVariantKey(let key):
            "the key \(Self.quote(key)) differs only in case from another key; keep one"
        }
    }

    /// How many characters of a key an error repeats.
    private static let quotedKeyLength = 64

    private static func quote(_ key: String) -> String {
        let shown = JSON.string(String(key.prefix(quotedKeyLength))).text
        return key.count > quotedKeyLength ? shown + "…" : shown
    }

    private static func name(of byte: UInt8) -> String {
        if byte > 0x20, byte < 0x7F {
            return "'\(Character(UnicodeScalar(byte)))'"
        }
        return "byte 0x" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
    }
}
