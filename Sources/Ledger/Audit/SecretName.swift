// Names that speak of secrets, however they are spelled.

/// What a key, a flag, a header or a variable is called.
enum SecretName {
    /// In letters and digits only: `X-Api-Key`, `api_key` and `apiKey` are one name.
    private static let parts = FirstByteTable([
        "authorization", "cookie", "token", "secret", "password", "passwd", "passphrase",
        "passcode", "apikey", "privatekey", "accesskey", "signingkey", "encryptionkey",
        "credential",
    ])

    /// Too short to be looked for inside other names.
    private static let whole = FirstByteTable([
        "pwd", "pass", "auth", "bearer", "dsn", "pin", "otp", "jwt",
    ])

    /// Members whose value names the value beside it.
    static let namingKeys: Set<String> = ["name", "key", "header", "field", "Name", "Key"]

    /// Of a name, in bytes: no name of anything is longer.
    private static let longest = 256
    private static let longestBareName = 48

    static func isSecret(_ name: String) -> Bool { isSecret(Array(name.utf8.prefix(longest))[...]) }

    static func isSecret(_ name: ArraySlice<UInt8>) -> Bool {
        var folded: [UInt8] = []
        folded.reserveCapacity(min(name.count, longest))
        for byte in name.prefix(longest) where SecretScanner.isAlphanumeric(byte) {
            // A letter in lower case; digits stay as they are.
            folded.append(byte | 0x20)
        }
        for start in folded.indices where parts.match(folded, at: start) != nil { return true }
        return whole.match(folded, at: 0) == folded.count
    }

    /// Whether names of this kind take everything to the end of the line for their value.
    static func takesLine(_ name: ArraySlice<UInt8>) -> Bool {
        let folded = name.prefix(longest).map { $0 | 0x20 }
        return folded.indices.contains { lineNames.match(folded, at: $0) != nil }
    }

    private static let lineNames = FirstByteTable(["authorization", "cookie"])

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
