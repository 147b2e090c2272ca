// Names that speak of secrets, however they are spelled.

/// What a key, a flag, a header or a variable is called.
enum SecretName {
    /// In letters and digits only: `X-Api-Key`, `api_key` and `apiKey` are one name.
    private static let parts: [[UInt8]] = [
        "authorization", "cookie", "token", "secret", "password", "passwd", "passphrase",
        "passcode", "apikey", "privatekey", "accesskey", "signingkey", "encryptionkey",
        "credential",
    ].map { Array($0.utf8) }

    /// Too short to be looked for inside other names.
    private static let whole: Set<[UInt8]> = Set(
        ["pwd", "pass", "auth", "bearer", "dsn", "pin", "otp", "jwt"].map { Array($0.utf8) })

    /// Members whose value names the value beside it.
    static let namingKeys: Set<String> = ["name", "key", "header", "field", "Name", "Key"]

    /// Of a name, in bytes: no name of anything is longer.
    private static let longest = 256
    private static let longestBareName = 48

    static func isSecret(_ name: String) -> Bool { isSecret(Array(name.utf8.prefix(longest))) }

    static func isSecret(_ name: some Collection<UInt8>) -> Bool {
        var folded: [UInt8] = []
        for byte in name.prefix(longest) {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): folded.append(byte | 0x20)
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                folded.append(byte)
            default: break
            }
        }
        return whole.contains(folded) || parts.contains { folded.contains($0) }
    }

    /// Whether names of this kind take everything to the end of the line for their value.
    static func takesLine(_ name: some Collection<UInt8>) -> Bool {
        let folded = name.prefix(longest).map { $0 | 0x20 }
        return folded.contains(Array("authorization".utf8))
            || folded.contains(
                Array("cookie".utf8))
    }

    /// A text that is nothing but such a name, perhaps as a flag: what comes next is its value.
    static func isBareName(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count <= longestBareName else { return false }
        let isName = bytes.allSatisfy {
            SecretScanner.isWord($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: " ")
        }
        return isName && isSecret(text)
    }
}

extension Array<UInt8> {
    /// Whether a run of bytes occurs.
    func contains(_ part: [UInt8]) -> Bool {
        guard let first = part.first, count >= part.count else { return part.isEmpty }
        for start in 0...(count - part.count) where self[start] == first {
            if self[start..<(start + part.count)].elementsEqual(part) { return true }
        }
        return false
    }
}
