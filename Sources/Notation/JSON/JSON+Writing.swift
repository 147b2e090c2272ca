// The JSON writer: compact, one pass, runs of plain text copied whole.

extension JSON {
    /// Appends the compact text: key order kept, `/` not escaped, control characters escaped.
    package func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(true): bytes.append(contentsOf: "true".utf8)
        case .bool(false): bytes.append(contentsOf: "false".utf8)
        case .integer(let value): Self.write(value, to: &bytes)
        case .number(let text): bytes.append(contentsOf: text.utf8)
        case .string(let text): Self.write(text, to: &bytes)
        case .array(let elements): Self.write(elements, to: &bytes)
        case .object(let object): Self.write(object.members, to: &bytes)
        }
    }

    /// The compact text as bytes.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    /// The compact text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The text for digests: members sorted by the UTF-16 code units of their keys, as RFC 8785
    /// does. Unlike there, numbers keep their own text, so two big integers that would round to
    /// one double never share a digest.
    package var canonicalBytes: [UInt8] { sorted.bytes }

    /// The same value with the members of every object in canonical order.
    private var sorted: JSON {
        switch self {
        case .array(let elements):
            return .array(elements.map(\.sorted))
        case .object(let object):
            let members = object.members.sorted {
                $0.key.utf16.lexicographicallyPrecedes($1.key.utf16)
            }
            return .object(JSONObject(literal: members.map { ($0.key, $0.value.sorted) }))
        default:
            return self
        }
    }

    private static func write(_ elements: [JSON], to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for element in elements {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            element.write(to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private static func write(_ members: [JSONObject.Member], to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for member in members {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            write(member.key, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            member.value.write(to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private static func write(_ value: Int64, to bytes: inout [UInt8]) {
        if let digit = UInt8(exactly: value), digit < 10 {
            bytes.append(UInt8(ascii: "0") + digit)
        } else {
            bytes.append(contentsOf: value.description.utf8)
        }
    }

    /// Appends `text` in quotes. Plain runs between escapes are copied in one go.
    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        let utf8 = text.utf8
        let span = text.utf8Span.span
        var runStart = utf8.startIndex
        var runOffset = 0
        for offset in 0..<span.count {
            let byte = span[offset]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
            else { continue }
            let runEnd = utf8.index(runStart, offsetBy: offset - runOffset)
            bytes.append(contentsOf: utf8[runStart..<runEnd])
            writeEscape(byte, to: &bytes)
            runStart = utf8.index(after: runEnd)
            runOffset = offset + 1
        }
        if runOffset == 0 {
            bytes.append(contentsOf: utf8)
        } else {
            bytes.append(contentsOf: utf8[runStart...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func writeEscape(_ byte: UInt8, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(Hex.digit(byte >> 4))
            bytes.append(Hex.digit(byte & 0xF))
        }
    }
}
