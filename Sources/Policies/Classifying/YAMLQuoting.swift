// Foreign names as YAML keys.

enum YAMLQuoting {
    /// Longer plain keys are quoted too; nothing depends on it.
    private static let longestPlain = 64

    /// `name` as a scalar that reads back as the very same text for every YAML reader.
    static func scalar(_ name: String) -> String {
        isPlain(name) ? name : quoted(name)
    }

    /// A letter, then letters, digits, `-`, `_` and `.`, and no word that YAML 1.1 or 1.2 reads
    /// as something else.
    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.utf8.first, name.utf8.count <= longestPlain else { return false }
        guard isLetter(first), !words.contains(name.lowercased()) else { return false }
        return name.utf8.allSatisfy { byte in
            isLetter(byte) || (0x30...0x39).contains(byte)
                || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")].contains(byte)
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static let words: Set<String> = [
        "n", "no", "null", "off", "on", "true", "false", "y", "yes",
    ]

    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case " "..."~": quoted.unicodeScalars.append(scalar)
            default: quoted += escape(scalar)
            }
        }
        return quoted + "\""
    }

    /// Whatever is not a letter or digit of some script is written as its number.
    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let properties = scalar.properties
        if properties.isAlphabetic, scalar.value > 0xA0 { return String(scalar) }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let (letter, width) =
            scalar.value <= 0xFF ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
        return "\\" + letter + String(repeating: "0", count: width - digits.utf8.count) + digits
    }
}
