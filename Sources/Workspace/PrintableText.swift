// Names are bytes, and whoever made a file chose them: before they stand in a message or a list,
// everything that a terminal, a log or a reader could be misled by is spelled out.

internal import Notation

package enum PrintableText {
    /// The most characters of a name in a message.
    static let mostQuoted = 160

    /// The bytes as text on one line. Letters of every script stay; a backslash is doubled,
    /// controls become `\n`, `\x1b` and the like, invisible characters `\u{202e}`, and bytes that
    /// are no UTF-8 `\xff`. Two different names never look the same.
    package static func of(_ bytes: some Collection<UInt8>) -> String {
        var parser = UTF8.ForwardParser()
        var source = bytes.makeIterator()
        var rest = bytes[...]
        var text = ""
        while true {
            switch parser.parseScalar(from: &source) {
            case .valid(let encoded):
                text += spelling(of: UTF8.decode(encoded))
                rest = rest.dropFirst(encoded.count)
            case .error(let length):
                for byte in rest.prefix(length) { text += "\\x" + Hex.encode([byte]) }
                rest = rest.dropFirst(length)
            case .emptyInput:
                return text
            }
        }
    }

    /// A name in quotes for a message; the middle of a long one is left out.
    static func quoted(_ name: String) -> String {
        let text = of(name.utf8)
        if text.count <= mostQuoted { return "\"\(text)\"" }
        return "\"\(text.prefix(mostQuoted / 2))…\(text.suffix(mostQuoted / 2 - 1))\""
    }

    private static func spelling(of scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        default: break
        }
        if scalar.value < 0x20 || scalar.value == 0x7F {
            return "\\x" + Hex.encode([UInt8(scalar.value)])
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
            return "\\u{\(String(scalar.value, radix: 16))}"
        default:
            return String(scalar)
        }
    }
}
