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
    package var canonicalBytes: [UInt8] {
        var bytes: [UInt8] = []
        writeCanonically(to: &bytes)
        return bytes
    }

    /// Appends the text for digests.
    package func writeCanonically(to bytes: inout [UInt8]) {
        switch self {
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (place, element) in elements.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                element.writeCanonically(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            let members = object.members
            // Places are sorted: moving members about costs more than writing them.
            let order = members.indices.sorted {
                members[$0].key.precedesInUTF16(members[$1].key)
            }
            for (place, member) in order.lazy.map({ members[$0] }).enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.write(member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.writeCanonically(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        default:
            write(to: &bytes)
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

    /// Digits of the longest integer, and its sign.
    private static let longestInteger = 20

    private static func write(_ value: Int64, to bytes: inout [UInt8]) {
        bytes.append(addingCapacity: longestInteger) { (output: inout OutputSpan<UInt8>) in
            if value < 0 { output.append(UInt8(ascii: "-")) }
            let size = value.magnitude
            var unit: UInt64 = 1
            while size / unit >= 10 { unit *= 10 }
            while unit > 0 {
                output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: size / unit % 10))
                unit /= 10
            }
        }
    }

    /// Strings from this many bytes on are copied whole when nothing in them needs an escape.
    private static let longString = 64

    /// Appends `text` in quotes: one pass to size the escapes, one to copy.
    private static func write(_ text: String, to bytes: inout [UInt8]) {
        let source = text.utf8Span.span
        var size = source.count + 2
        for place in source.indices { size += escapeLength(of: source[place]) }
        if size == source.count + 2, source.count >= longString {
            bytes.append(UInt8(ascii: "\""))
            bytes.append(contentsOf: text.utf8)
            bytes.append(UInt8(ascii: "\""))
            return
        }
        bytes.append(addingCapacity: size) { (output: inout OutputSpan<UInt8>) in
            output.append(UInt8(ascii: "\""))
            for place in source.indices {
                let byte = source[place]
                if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                    output.append(byte)
                } else {
                    writeEscape(byte, to: &output)
                }
            }
            output.append(UInt8(ascii: "\""))
        }
    }

    /// Bytes that escaping adds to a byte.
    @inline(__always)
    private static func escapeLength(of byte: UInt8) -> Int {
        if byte >= 0x20 { return byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") ? 1 : 0 }
        return shortEscape(of: byte) == nil ? 5 : 1
    }

    /// The letter that escapes a control character, where JSON has one.
    private static func shortEscape(of byte: UInt8) -> UInt8? {
        switch byte {
        case 0x08: UInt8(ascii: "b")
        case 0x09: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0C: UInt8(ascii: "f")
        case 0x0D: UInt8(ascii: "r")
        default: nil
        }
    }

    private static func writeEscape(_ byte: UInt8, to output: inout OutputSpan<UInt8>) {
        output.append(UInt8(ascii: "\\"))
        if byte >= 0x20 {
            output.append(byte)
        } else if let letter = shortEscape(of: byte) {
            output.append(letter)
        } else {
            output.append(UInt8(ascii: "u"))
            output.append(UInt8(ascii: "0"))
            output.append(UInt8(ascii: "0"))
            output.append(Hex.digit(byte >> 4))
            output.append(Hex.digit(byte & 0xF))
        }
    }
}
