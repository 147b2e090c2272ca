// From members to a line: canonical JSON with the chain's hash in it.
//
// hash = SHA-256 over the canonical JSON of the record without `hash`, which holds `prev`.

internal import Notation

/// The caller's part of a record, written out before anybody waits for the lock.
struct EncodedFields {
    /// `"key":value`, in canonical order.
    fileprivate let members: [Member]

    fileprivate struct Member {
        let key: String
        let bytes: [UInt8]

        init(_ key: String, _ value: JSON) {
            self.key = key
            bytes = JSON.string(key).bytes + [UInt8(ascii: ":")] + value.canonicalBytes
        }

        func precedes(_ other: Member) -> Bool { precedes(other.key) }
        func precedes(_ key: String) -> Bool {
            self.key.utf16.lexicographicallyPrecedes(key.utf16)
        }
    }

    init(_ fields: JSONObject) {
        members = fields.map { Member($0.key, $0.value) }.sorted { $0.precedes($1) }
    }

    /// What the line will be longer by than this: names and values that the log adds.
    static let headerBytes = 400
    var size: Int { members.reduce(members.count + Self.headerBytes) { $0 + $1.bytes.count } }
}

/// A complete record.
struct AuditLine {
    static let schemaVersion: Int64 = 1
    static let firstPrev = String(repeating: "0", count: 64)
    /// With its newline, in bytes. Records are redacted and bounded; this is for what is not.
    static let maxBytes = 1 << 20

    let bytes: [UInt8]
    let hash: String

    /// `header` has the names that the log sets, `hash` left out.
    init(_ fields: EncodedFields, header: JSONObject) {
        let own = EncodedFields(header).members
        var merged: [EncodedFields.Member] = []
        merged.reserveCapacity(own.count + fields.members.count)
        var rest = own[...]
        for member in fields.members {
            while let next = rest.first, next.precedes(member) {
                merged.append(rest.removeFirst())
            }
            merged.append(member)
        }
        merged += rest

        var body: [UInt8] = [UInt8(ascii: "{")]
        var place = 0
        for member in merged {
            if body.count > 1 { body.append(UInt8(ascii: ",")) }
            if member.precedes(AuditField.hash) { place = body.count + member.bytes.count }
            body += member.bytes
        }
        body.append(UInt8(ascii: "}"))
        hash = SHA256.hex(body)
        // `id` and `kind` always follow it, `call` or nothing goes before.
        let isFirst = place == 0
        let text = "\"\(AuditField.hash)\":\"\(hash)\""
        body.insert(
            contentsOf: (isFirst ? "\(text)," : ",\(text)").utf8, at: isFirst ? 1 : place)
        body.append(UInt8(ascii: "\n"))
        bytes = body
    }
}
