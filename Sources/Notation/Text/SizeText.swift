// Sizes as people write them in policies and profiles: 4096, 64KiB, 512MiB, 1GB.

/// The text of a number of bytes.
package enum SizeText {
    private static let units: [(name: String, bytes: Int64)] = [
        ("TiB", 1 << 40), ("TB", 1_000_000_000_000), ("GiB", 1 << 30), ("GB", 1_000_000_000),
        ("MiB", 1 << 20), ("MB", 1_000_000), ("KiB", 1 << 10), ("KB", 1000), ("kB", 1000),
        ("B", 1),
    ]

    /// The bytes of `text`: a whole number, alone or with one unit. KiB is 1024, KB is 1000;
    /// a bare K, M or G is refused, since it is read both ways.
    package static func bytes(_ text: String) throws(TextError) -> Int64 {
        let digits = text.prefix { ("0"..."9").contains($0) }
        let name = text[digits.endIndex...]
        guard !digits.isEmpty, let factor = factor(of: name) else {
            throw TextError(text, "is no size; write a whole number with B, KiB, MiB, GiB, KB, MB or GB")
        }
        guard let number = Int64(digits), let bytes = (0 as Int64).adding(number, times: factor)
        else {
            throw TextError(text, "is too large a size; the most is \(Int64.max) bytes")
        }
        return bytes
    }

    /// The text in the largest unit that divides a number of bytes, not negative:
    /// 65,536 is "64KiB", 1,000,000 is "1MB", 1500 is "1500B".
    package static func text(bytes: Int64) -> String {
        precondition(bytes >= 0, "a size text is never negative")
        let unit = units.first { bytes >= $0.bytes && bytes.isMultiple(of: $0.bytes) }
        guard let unit else { return "0B" }
        return "\(bytes / unit.bytes)\(unit.name)"
    }

    private static func factor(of name: Substring) -> Int64? {
        name.isEmpty ? 1 : units.first { $0.name == name }?.bytes
    }
}
