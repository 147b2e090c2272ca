// The members of a record, written out as they are given: nobody waits for the lock meanwhile, and
// no value is built that is only taken apart again.

package import Notation

/// Members in canonical order, as text, secrets taken out.
package struct AuditFields: Sendable {
    /// One member: `"key":value` at a place of the text.
    struct Member {
        let key: AuditKey
        let range: Range<Int>
    }

    /// The members one behind the other, nothing between them.
    private(set) var bytes: [UInt8] = []
    private(set) var members: [Member] = []
    /// A key that only the log may set.
    private(set) var reserved: String?
    private var isSorted = true

    private static let usualBytes = 1024
    private static let usualMembers = 24
    private static let redactor = Redactor(Redactor.record)

    package init() {
        bytes.reserveCapacity(Self.usualBytes)
        members.reserveCapacity(Self.usualMembers)
    }

    /// Members whose names are not known beforehand.
    package init(_ object: JSONObject) {
        self.init()
        for (key, value) in object { add(AuditKey(key), value) }
        sort()
    }

    /// No key twice. In canonical order is cheapest.
    package mutating func add(_ key: AuditKey, _ value: JSON) {
        guard begin(key) else { return }
        let start = bytes.count
        bytes.append(contentsOf: key.prefix)
        let isTrusted = key.handling == .trusted
        (isTrusted ? value : Self.redactor.redact(value, isNamedSecret: key.isSecret))
            .writeCanonically(to: &bytes)
        members.append(Member(key: key, range: start..<bytes.count))
    }

    /// Nothing when the text is empty.
    package mutating func add(_ key: AuditKey, unlessEmpty text: String) {
        if !text.isEmpty { add(key, .string(text)) }
    }

    /// A member of the log's own.
    mutating func set(_ key: AuditKey, _ value: JSON) {
        noteOrder(of: key)
        let start = bytes.count
        bytes.append(contentsOf: key.prefix)
        value.write(to: &bytes)
        members.append(Member(key: key, range: start..<bytes.count))
    }

    private mutating func begin(_ key: AuditKey) -> Bool {
        if key.handling == .reserved {
            reserved = key.name
            return false
        }
        noteOrder(of: key)
        return true
    }

    private mutating func noteOrder(of key: AuditKey) {
        if let last = members.last, !last.key.precedes(key) { isSorted = false }
    }

    /// Puts the members in order, if they are not.
    mutating func sort() {
        if isSorted { return }
        members.sort { $0.key.precedes($1.key) }
        isSorted = true
    }

    /// What the log adds to a line, at most, in bytes.
    private static let headerBytes = 400
    /// What the line will take, about.
    var size: Int { bytes.count + members.count + Self.headerBytes }
}
