// Hosts of URLs. Programs read odd URLs in different ways, and an allow list that reads one as
// "good.example" while the client connects to "evil.example" is worse than none. So everything
// that has two readings (user names, backslashes, escapes, non-ASCII) can't be evaluated.

/// Host names, and domains: `.example.com` stands for every name below example.com.
struct HostList: Sendable {
    private let hosts: [[UInt8]]

    init(_ hosts: [String]) {
        self.hosts = hosts.map { Self.plain($0.utf8) ?? [] }
    }

    /// Whether the host of a URL, or a host name with or without port, is in the list.
    func contains(_ text: String) -> Truth {
        guard let host = Self.host(of: text) else { return .unknown }
        return Truth(
            hosts.contains { entry in
                guard entry.first == UInt8(ascii: ".") else {
                    return !entry.isEmpty && entry == host
                }
                return host.count > entry.count && host.suffix(entry.count).elementsEqual(entry)
            })
    }

    /// The host in lower case, or nil for what is no URL or host name beyond doubt.
    static func host(of text: String) -> [UInt8]? {
        let bytes = text.utf8
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return nil }
        var authority = bytes[...]
        if let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            bytes[colon...].starts(with: "://".utf8)
        {
            guard isScheme(bytes[..<colon]) else { return nil }
            authority = bytes[colon...].dropFirst(3).prefix { !"/?#".utf8.contains($0) }
        }
        if authority.first == UInt8(ascii: "[") {
            guard let end = authority.firstIndex(of: UInt8(ascii: "]")),
                isPort(authority[end...].dropFirst()),
                authority[..<end].dropFirst().allSatisfy({ isHex($0) || ":.".utf8.contains($0) })
            else { return nil }
            return authority[...end].map(lowercased)
        }
        let end = authority.firstIndex(of: UInt8(ascii: ":")) ?? authority.endIndex
        guard isPort(authority[end...]), let host = plain(authority[..<end]),
            host.first != UInt8(ascii: ".")
        else { return nil }
        return host
    }

    /// A host name in lower case without its final dot; nil when it has other characters than
    /// letters, digits, `-`, `_` and `.`, or an empty label.
    private static func plain(_ bytes: some BidirectionalCollection<UInt8>) -> [UInt8]? {
        var host = bytes.map(lowercased)
        if host.first == UInt8(ascii: "[") { return host }
        if host.last == UInt8(ascii: ".") { host.removeLast() }
        let dot = UInt8(ascii: ".")
        guard !host.isEmpty, host.last != dot,
            host.allSatisfy({ isLetterOrDigit($0) || "-_.".utf8.contains($0) }),
            !zip(host, host.dropFirst()).contains(where: { $0 == dot && $1 == dot })
        else { return nil }
        return host
    }

    private static func isScheme(_ bytes: Substring.UTF8View) -> Bool {
        guard let first = bytes.first, isLetterOrDigit(first), !isDigit(first) else { return false }
        return bytes.allSatisfy { isLetterOrDigit($0) || "+-.".utf8.contains($0) }
    }

    /// Nothing, or a colon and digits.
    private static func isPort(_ bytes: Substring.UTF8View) -> Bool {
        guard let first = bytes.first else { return true }
        return first == UInt8(ascii: ":") && bytes.count <= 6
            && bytes.dropFirst().allSatisfy(isDigit)
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        let lower = lowercased(byte)
        return isDigit(byte) || lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        let lower = lowercased(byte)
        return isDigit(byte) || lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "f")
    }
}
