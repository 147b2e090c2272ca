// A map of a policy file, cut down to the keys that its dialect knows: what is not known can't be
// read by mistake.

internal import Notation

/// The members of a map.
struct Fields {
    let node: YAMLNode
    let entries: [YAMLEntry]
    private let isStrict: Bool

    /// Text that Intercept can't tell from absence when it is empty.
    private static let texts: Set<String> = [
        "version", "default", "name", "action", "rate_limit", "on_deny", "counter", "window",
        "increment_from",
    ]

    init(_ node: YAMLNode, _ entries: [YAMLEntry], isStrict: Bool) {
        self.node = node
        self.entries = entries
        self.isStrict = isStrict
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
    func written(_ key: String) -> YAMLNode? { entries.first { $0.key == key }?.value }

    func has(_ key: String) -> Bool { self[key] != nil }
}
