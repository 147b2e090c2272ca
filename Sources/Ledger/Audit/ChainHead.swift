// Where a chain stands.

internal import Notation

/// The last record of a chain.
struct ChainHead: Hashable {
    /// The file it is in; nil before the first.
    var file: String?
    var seq: Int64
    var hash: String

    static let none = ChainHead(file: nil, seq: 0, hash: AuditLine.firstPrev)

    /// What an `opened` record says it carries on.
    var json: JSON {
        guard let file else { return .null }
        return .object(["file": .string(file), "hash": .string(hash), "seq": .integer(seq)])
    }

    init(file: String?, seq: Int64, hash: String) {
        self.file = file
        self.seq = seq
        self.hash = hash
    }

    /// From what `json` made.
    init?(_ json: JSON?) {
        if json == .null {
            self = .none
            return
        }
        guard let file = json?["file"]?.asString, let seq = json?["seq"]?.asInteger,
            let hash = json?["hash"]?.asString
        else { return nil }
        self.init(file: file, seq: seq, hash: hash)
    }

    /// From the last line of a file; nil when it is no record of ours, or not as it was written.
    init?(lastLine: [UInt8], of file: String) {
        guard case .record(let entry) = AuditEntry.read(lastLine, file: file, line: 0),
            let seq = entry.seq
        else { return nil }
        self.init(file: file, seq: seq, hash: entry.hash)
    }
}
