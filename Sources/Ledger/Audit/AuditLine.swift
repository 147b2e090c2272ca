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

    /// Both sorted. `header` has the members that the log sets, `hash` left out.
    init(_ fields: AuditFields, header: AuditFields) {
        var body: [UInt8] = []
        body.reserveCapacity(fields.size + header.bytes.count)
        body.append(UInt8(ascii: "{"))
        // Where the hash belongs: behind the last member that goes before it.
        var place = 1
        func add(_ member: AuditFields.Member, of text: [UInt8]) {
            if body.count > 1 { body.append(UInt8(ascii: ",")) }
            body.append(contentsOf: text[member.range])
            if member.key.precedes(.hash) { place = body.count }
        }
        var next = 0
        for member in fields.members {
            while next < header.members.count, header.members[next].key.precedes(member.key) {
                add(header.members[next], of: header.bytes)
                next += 1
            }
            add(member, of: fields.bytes)
        }
        for member in header.members[next...] { add(member, of: header.bytes) }
        body.append(UInt8(ascii: "}"))

        hash = SHA256.hex(body)
        var member = AuditKey.hash.prefix
        JSON.string(hash).write(to: &member)
        if place == 1 {
            member.append(UInt8(ascii: ","))
        } else {
            member.insert(UInt8(ascii: ","), at: 0)
        }
        body.insert(contentsOf: member, at: place)
        body.append(UInt8(ascii: "\n"))
        bytes = body
    }
}
