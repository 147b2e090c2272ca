/// Addresses that begin alike: `10.0.0.0/8`, `2001:db8::/32`; without `/`, one address.
struct IPNetwork: Sendable {
    private let isIPv4: Bool
    private let first: UInt128
    private let mask: UInt128

    /// nil when it is no network. Bits beyond the prefix are ignored.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = IPAddress(parts[0]) else { return nil }
        let width = parts[0].utf8.contains(UInt8(ascii: ":")) ? 128 : 32
        var prefix = width
        if parts.count == 2 {
            let isPlain = parts[1].utf8.allSatisfy { (0x30...0x39).contains($0) }
            guard isPlain, let written = Int(parts[1]), written <= width else { return nil }
            prefix = written
        }
        isIPv4 = width == 32 || prefix >= 96 && address.isIPv4
        mask = ~UInt128.zero << UInt128(width - prefix)
        first = address.bits & mask
    }

    /// Unknown for a text that is no address.
    func contains(_ text: String) -> Truth {
        guard let address = IPAddress(text) else { return .unknown }
        return Truth(address.isIPv4 == isIPv4 && address.bits & mask == first)
    }
}
