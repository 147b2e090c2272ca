// The name of a member of a record, with all that writing it needs worked out once.

internal import Notation

/// A key, ready to be written and to be put in its place.
package struct AuditKey: Sendable {
    let name: String
    /// `"name":`.
    let prefix: [UInt8]
    let handling: AuditField.Handling?
    /// Whether it speaks of a secret, so that its value is masked whatever it looks like.
    let isSecret: Bool
    /// The first eight bytes, as a number that sorts as they do.
    private let head: UInt64

    package init(_ name: String) {
        self.name = name
        var prefix: [UInt8] = []
        JSON.string(name).write(to: &prefix)
        prefix.append(UInt8(ascii: ":"))
        self.prefix = prefix
        handling = AuditField.handling[name]
        isSecret = SecretName.isSecret(name)
        var head: UInt64 = 0
        for byte in name.utf8.prefix(8) { head = head << 8 | UInt64(byte) }
        self.head = head << UInt64(8 * (8 - min(8, name.utf8.count)))
        isASCII = name.utf8.allSatisfy { $0 < 0x80 }
    }

    private let isASCII: Bool

    /// In canonical order: by UTF-16 code units, which for ASCII is by bytes.
    func precedes(_ other: AuditKey) -> Bool {
        if isASCII, other.isASCII, head != other.head { return head < other.head }
        return name.precedesInUTF16(other.name)
    }

    /// What the log itself sets.
    static let id = AuditKey(AuditField.id)
    static let instance = AuditKey(AuditField.instance)
    static let kind = AuditKey(AuditField.kind)
    static let prev = AuditKey(AuditField.prev)
    static let schema = AuditKey(AuditField.schema)
    static let seq = AuditKey(AuditField.seq)
    static let time = AuditKey(AuditField.time)
    static let hash = AuditKey(AuditField.hash)
}
