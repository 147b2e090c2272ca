/// Keys that equal a known one but for the case of ASCII letters. Two readers of one message
/// that fold case differently would see two messages; such keys are refused where they appear.
enum CaseVariant {
    static func isOne(_ key: String, of names: [String]) -> Bool {
        names.contains { name in
            name.utf8.count == key.utf8.count
                && name != key
                && zip(name.utf8, key.utf8).allSatisfy { fold($0) == fold($1) }
        }
    }

    private static func fold(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }
}
