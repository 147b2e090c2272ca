// The spelling of IP networks, checked when a policy is loaded.

/// Networks such as `10.0.0.0/8` and `fd00::/8`.
enum NetworkSyntax {
    /// Whether the text is an address, a slash and a prefix length, with no bit set behind the
    /// prefix: such a bit is a typing error in one of the two.
    static func isNetwork(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let length = number(parts[1], upTo: 128),
            let bits = octets(parts[0]) ?? groups(parts[0]), length <= bits.count
        else { return false }
        return bits.dropFirst(length).allSatisfy { !$0 }
    }

    /// The bits of `10.0.0.0`.
    private static func octets(_ text: Substring) -> [Bool]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: [Bool] = []
        for part in parts {
            guard let octet = number(part, upTo: 255) else { return nil }
            bits += Self.bits(of: octet, width: 8)
        }
        return bits
    }

    /// The bits of `fd00::1`; at most one `::`, and no dotted tail.
    private static func groups(_ text: Substring) -> [Bool]? {
        guard let gap = text.firstRange(of: "::") else {
            let bits = hexGroups(text)
            return bits?.count == 128 ? bits : nil
        }
        guard let head = hexGroups(text[..<gap.lowerBound]),
            let tail = hexGroups(text[gap.upperBound...]), head.count + tail.count < 128
        else { return nil }
        return head + [Bool](repeating: false, count: 128 - head.count - tail.count) + tail
    }

    private static func hexGroups(_ text: Substring) -> [Bool]? {
        guard !text.isEmpty else { return [] }
        var bits: [Bool] = []
        for part in text.split(separator: ":", maxSplits: 8, omittingEmptySubsequences: false) {
            guard (1...4).contains(part.utf8.count), part.first?.isHexDigit == true,
                let group = Int(part, radix: 16)
            else { return nil }
            bits += Self.bits(of: group, width: 16)
        }
        return bits
    }

    /// A decimal number without leading zeros, which some programs read as octal.
    private static func number(_ text: Substring, upTo most: Int) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            text == "0" || text.first != "0", let value = Int(text), value <= most
        else { return nil }
        return value
    }

    private static func bits(of value: Int, width: Int) -> [Bool] {
        (0..<width).map { value >> (width - 1 - $0) & 1 == 1 }
    }
}
