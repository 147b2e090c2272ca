// The caller's part of a record, written out before anybody waits for the lock.

internal import Notation

/// Members in canonical order, as text.
struct EncodedFields {
    /// `"key":value` for each member, one behind the other.
    let bytes: [UInt8]
    let members: [(key: String, range: Range<Int>)]

    init(_ fields: [(key: String, value: JSON)]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2048)
        var members: [(key: String, range: Range<Int>)] = []
        members.reserveCapacity(fields.count)
        // Places are sorted: moving values about costs more than writing them.
        let order = fields.indices.sorted { fields[$0].key.precedesInUTF16(fields[$1].key) }
        for place in order {
            let (key, value) = fields[place]
            let start = bytes.count
            JSON.string(key).write(to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            value.writeCanonically(to: &bytes)
            members.append((key, start..<bytes.count))
        }
        self.bytes = bytes
        self.members = members
    }

    init(_ fields: JSONObject) {
        self.init(fields.map { (key: $0.key, value: $0.value) })
    }

    /// What the log adds to a line, at most, in bytes.
    private static let headerBytes = 400
    /// What the line will take, about.
    var size: Int { bytes.count + members.count + Self.headerBytes }
}
