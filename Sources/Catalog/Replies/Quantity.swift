// Sizes and counts in words.

/// How results tell quantities to a person.
enum Quantity {
    /// A size in units of 1024 bytes with two digits, cut and not rounded: `1.23 KB`.
    static func kilobytes(_ bytes: Int64) -> String {
        let hundredths = bytes % 1024 * 100 / 1024
        return "\(bytes / 1024).\(hundredths < 10 ? "0" : "")\(hundredths) KB"
    }

    /// `1 call`, `2 calls`.
    static func count(_ number: some BinaryInteger, _ noun: String) -> String {
        number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
    }
}
