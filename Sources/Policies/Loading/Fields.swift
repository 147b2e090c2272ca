// A map of a policy file, cut down to the keys that its dialect knows: what is not known can't be
// read by mistake.

internal import Notation

/// The members of a map.
struct Fields {
    let node: YAMLNode
    let entries: [YAMLEntry]
    private let isStrict: Bool
    /// A bit for the length and first byte of each key. A rule asks for fifty keys and has five.
    private let signature: UInt64

    /// Text that Intercept can't tell from absence when it is empty.
    private static let texts: Set<String> = [
        "version", "default", "name", "action", "rate_limit", "on_deny", "counter", "window",
        "increment_from",
    ]

    init(_ node: YAMLNode, _ entries: [YAMLEntry], isStrict: Bool) {
        self.node = node
        self.entries = entries
        self.isStrict = isStrict
        signature = entries.reduce(0) { $0 | Self.bit(of: $1.key) }
    }

    private static func bit(of key: String) -> UInt64 {
        let first = UInt64(key.utf8.first ?? 0)
        return 1 << ((first &+ UInt64(truncatingIfNeeded: key.utf8.count) &* 5) & 63)
    }

    var isEmpty: Bool { entries.isEmpty }
    var count: Int { entries.count }

    /// The value of a key; nil when it is not there, or null.
    subscript(_ key: String) -> YAMLNode? {
        guard let node = written(key), !node.isNull else { return nil }
        if isStrict, node.scalar?.text.isEmpty == true, Self.texts.contains(key) { return nil }
        return node
    }

    /// The value of a key, null as well.
    func written(_ key: String) -> YAMLNode? {
        guard signature & Self.bit(of: key) != 0 else { return nil }
        return entries.first { $0.key == key }?.value
    }

    func has(_ key: String) -> Bool { self[key] != nil }
}
