// Addresses of the Internet, read strictly: `010.0.0.1`, `10.1` and `0x0a000001` are addresses to
// some programs and not to others, so they are none here.

/// An IPv4 or IPv6 address.
///
/// INVARIANT: IPv4 is kept as the IPv6 address ::ffff:a.b.c.d, so both spellings are one address.
struct IPAddress: Hashable, Sendable {
    let bits: UInt128

    private static let mappedPrefix: UInt128 = 0xFFFF << 32

    var isIPv4: Bool { bits >> 32 == Self.mappedPrefix >> 32 }

    init?(_ text: some StringProtocol) {
        if let address = Self.version4(text) {
            bits = Self.mappedPrefix | UInt128(address)
        } else if let address = Self.version6(text) {
            bits = address
        } else {
            return nil
        }
    }

    /// Four decimal numbers without leading zeros.
    private static func version4(_ text: some StringProtocol) -> UInt32? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0")
            else { return nil }
            var number: UInt32 = 0
            for byte in part {
                guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
                number = number * 10 + UInt32(byte - UInt8(ascii: "0"))
            }
            guard number <= 255 else { return nil }
            address = address << 8 | number
        }
        return address
    }

    /// Eight groups of hexadecimal digits; `::` stands for one or more groups of zeros; the last
    /// two groups may be an IPv4 address.
    private static func version6(_ text: some StringProtocol) -> UInt128? {
        let longest = 45
        guard text.utf8.count <= longest else { return nil }
        let bytes = Array(text.utf8)
        var halves: [[UInt8]] = [[]]
        var place = 0
        while place < bytes.count {
            let isGap =
                bytes[place] == UInt8(ascii: ":") && place + 1 < bytes.count
                && bytes[place + 1] == UInt8(ascii: ":")
            if isGap { halves.append([]) } else { halves[halves.count - 1].append(bytes[place]) }
            place += isGap ? 2 : 1
        }
        guard halves.count <= 2, let head = groups(halves[0], mayEndInVersion4: halves.count == 1)
        else { return nil }
        guard halves.count == 2 else { return head.count == 8 ? joined(head) : nil }
        guard let tail = groups(halves[1], mayEndInVersion4: true), head.count + tail.count < 8
        else { return nil }
        let zeros = [UInt16](repeating: 0, count: 8 - head.count - tail.count)
        return joined(head + zeros + tail)
    }

    private static func joined(_ groups: [UInt16]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    private static func groups(_ bytes: [UInt8], mayEndInVersion4: Bool) -> [UInt16]? {
        if bytes.isEmpty { return [] }
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var groups: [UInt16] = []
        for (index, part) in parts.enumerated() {
            let text = String(decoding: part, as: UTF8.self)
            if mayEndInVersion4, index == parts.count - 1, let address = version4(text) {
                groups += [UInt16(address >> 16), UInt16(address & 0xFFFF)]
            } else if (1...4).contains(part.count), !"+-".utf8.contains(part[part.startIndex]),
                let group = UInt16(text, radix: 16)
            {
                groups.append(group)
            } else {
                return nil
            }
        }
        return groups
    }
}
