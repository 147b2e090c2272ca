// A record that was read back, and is what was written: its form and its own hash are right.

package import Notation

/// One line of an audit file.
package struct AuditEntry: Sendable {
    package let file: String
    /// From 1.
    package let line: Int
    package let record: JSONObject
    /// As it stands in the file, without the newline.
    package let bytes: [UInt8]

    /// A line, or why it is none of ours.
    enum Reading {
        case record(AuditEntry)
        case refused(String)
    }

    /// Checks what a line can tell by itself: that it is a record in canonical form, and that its
    /// hash is its own.
    static func read(_ bytes: [UInt8], file: String, line: Int) -> Reading {
        let value: JSON
        do throws(JSONError) {
            value = try JSON(parsing: bytes, limits: JSONLimits(maxBytes: AuditLine.maxBytes))
        } catch {
            return .refused("is not JSON any more (\(error))")
        }
        guard var record = value.asObject else { return .refused("is no record") }
        guard value.canonicalBytes == bytes else {
            return .refused("is not written the way records are: it was edited")
        }
        let whole = record
        guard let hash = record[AuditField.hash]?.asString else {
            return .refused("has no hash")
        }
        record[AuditField.hash] = nil
        guard SHA256.hex(JSON.object(record).canonicalBytes) == hash else {
            return .refused("does not match its hash: it was changed")
        }
        return .record(AuditEntry(file: file, line: line, record: whole, bytes: bytes))
    }

    package subscript(_ field: String) -> JSON? { record[field] }

    package func text(_ field: String) -> String? { record[field]?.asString }

    package var id: String { text(AuditField.id) ?? "" }
    package var hash: String { text(AuditField.hash) ?? "" }
    package var seq: Int64? { record[AuditField.seq]?.asInteger }
    /// Nil for a kind that this version does not know.
    package var kind: AuditRecord.Kind? {
        text(AuditField.kind).flatMap(AuditRecord.Kind.init)
    }
    package var time: RFC3339? { text(AuditField.time).flatMap { RFC3339($0) } }
}
