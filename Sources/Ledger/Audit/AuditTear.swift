// Half a line at the end of a file: what a killed process leaves.

internal import Notation

/// Where it begins, and what it was: enough to tell later that nothing else was cut off.
struct AuditTear: Hashable {
    let file: String
    let kept: Int64
    let cut: Int64
    /// SHA-256 of (the first MiB of) what was cut off.
    let digest: String

    /// Nil for a file that ends with a line.
    init?(_ tail: AuditTail, of file: String) {
        guard tail.tornBytes > 0 else { return nil }
        self.file = file
        kept = tail.completeBytes
        cut = tail.tornBytes
        digest = tail.tornDigest
    }

    init(file: String, kept: Int64, cut: Int64, digest: String) {
        self.file = file
        self.kept = kept
        self.cut = cut
        self.digest = digest
    }

    /// From a `recovered` record.
    init?(_ record: JSONObject) {
        guard let file = record["file"]?.asString, let kept = record["kept_bytes"]?.asInteger,
            let cut = record["cut_bytes"]?.asInteger, let digest = record["cut_sha256"]?.asString
        else { return nil }
        self.file = file
        self.kept = kept
        self.cut = cut
        self.digest = digest
    }

    var json: JSONObject {
        [
            "file": .string(file), "kept_bytes": .integer(kept), "cut_bytes": .integer(cut),
            "cut_sha256": .string(digest),
        ]
    }
}
