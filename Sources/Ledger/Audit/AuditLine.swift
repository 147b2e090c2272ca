// From members to a line: canonical JSON with the chain's hash in it.
//
// hash = SHA-256 over the canonical JSON of the record without `hash`, which holds `prev`.

internal import Notation

/// A complete record.
struct AuditLine {
    static let schemaVersion: Int64 = 1
    static let firstPrev = String(repeating: "0", count: 64)
    /// With its newline, in bytes. Records are redacted and bounded; this is for what is not.
    static let maxBytes = 1 << 20

    let bytes: [UInt8]
    let hash: String

    /// `header` has the members that the log sets, `hash` left out.
    init(_ fields: EncodedFields, header: EncodedFields) {
        var body: [UInt8] = []
        body.reserveCapacity(fields.size + header.bytes.count)
        body.append(UInt8(ascii: "{"))
        // Where the hash belongs: behind the last member that goes before it.
        var place = 1
        var own = header.members[...]
        func add(_ key: String, _ bytes: ArraySlice<UInt8>) {
            if body.count > 1 { body.append(UInt8(ascii: ",")) }
            body += bytes
            if key.precedesInUTF16(AuditField.hash) { place = body.count }
        }
        for (key, range) in fields.members {
            while let next = own.first, next.key.precedesInUTF16(key) {
                add(next.key, header.bytes[next.range])
                own.removeFirst()
            }
            add(key, fields.bytes[range])
        }
        for (key, range) in own { add(key, header.bytes[range]) }
        body.append(UInt8(ascii: "}"))

        hash = SHA256.hex(body)
        let member = "\"\(AuditField.hash)\":\"\(hash)\""
        body.insert(contentsOf: (place == 1 ? "\(member)," : ",\(member)").utf8, at: place)
        body.append(UInt8(ascii: "\n"))
        bytes = body
    }
}
