// Names of files, from bytes that somebody hostile chose.

internal import Notation

/// A file's path as text, and as part of an address.
enum ArtifactName {
    /// Characters of a name as it is shown.
    static let maximumCharacters = 300

    /// The path in printable characters: what is no text, or would change the text around it, is
    /// spelled out. Two paths that differ are spelled differently, unless they are cut.
    static func printable(_ path: [UInt8]) -> String {
        var name = ""
        var rest = path[...]
        while !rest.isEmpty, name.unicodeScalars.count < maximumCharacters {
            guard let (scalar, count) = character(rest) else {
                name += "\\x" + Hex.encode(rest.prefix(1))
                rest = rest.dropFirst()
                continue
            }
            if scalar == "\\" {
                name += "\\\\"
            } else if isPlain(scalar) {
                name.unicodeScalars.append(scalar)
            } else {
                name += "\\u{" + String(scalar.value, radix: 16) + "}"
            }
            rest = rest.dropFirst(count)
        }
        return rest.isEmpty ? name : name + "…"
    }

    /// The first character of the bytes and how many bytes it has; nil when they begin with none.
    private static func character(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int)? {
        for count in 1...min(4, bytes.count) {
            guard let text = String(validating: bytes.prefix(count), as: UTF8.self) else {
                continue
            }
            return text.unicodeScalars.first.map { ($0, count) }
        }
        return nil
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
            .unassigned:
            false
        default: true
        }
    }

    /// A name as the last part of an address: percent-encoded, but for what RFC 3986 calls
    /// unreserved, and the slashes of a path.
    static func encoded(_ name: String) -> String {
        var text = ""
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default: text += "%" + Hex.encode([byte]).uppercased()
            }
        }
        return text
    }
}
