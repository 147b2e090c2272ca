/// Texts as literals of other languages.
enum QuotedText {
    /// A basic string of TOML 1.0.
    static func toml(_ text: String) -> String {
        quoted(text) { "\\u" + hex($0.value, digits: 4) }
    }

    /// A plain string of Python 3.
    static func python(_ text: String) -> String {
        quoted(text) { "\\x" + hex($0.value, digits: 2) }
    }

    /// One word of a POSIX shell's command line, in single quotes where it needs them.
    static func shell(_ text: String) -> String {
        let plain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default:
                "_-./=:,+@%".utf8.contains(byte)
            }
        }
        if plain, !text.isEmpty { return text }
        let parts = text.split(separator: "'", omittingEmptySubsequences: false)
        return "'" + parts.joined(separator: "'\\''") + "'"
    }

    /// In double quotes, with control characters spelled as `control` says; all are below U+0080.
    private static func quoted(
        _ text: String, control: (Unicode.Scalar) -> String
    ) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: result += control(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func hex(_ value: UInt32, digits: Int) -> String {
        let plain = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - plain.count)) + plain
    }
}
