// The records of messages that were refused before they became calls.

internal import Kernel
internal import Ledger
internal import MCP
internal import Notation

extension Chronicle {
    /// Bytes of a line that its digest covers.
    static let excerptBytes = 1_024

    /// Records a refusal. A log that fails now counts its failures and is told at exit.
    func refused(_ fault: ProtocolFault, in item: LineSplitter.Item, over transport: String) {
        guard let log else { return }
        var fields: JSONObject = [
            AuditField.transport: .string(transport),
            AuditField.what: .string(fault.subject.rawValue),
            AuditField.code: .integer(fault.code.rawValue),
            AuditField.reason: .string(fault.reason),
        ]
        switch item {
        case .line(let bytes):
            fields[AuditField.bytes] = JSON(bytes.count)
            fields[AuditField.excerpt] = .string(Self.excerpt(of: bytes, log))
        case .tooLong(let bytes): fields[AuditField.bytes] = JSON(bytes)
        }
        do throws(LedgerError) { try log.append(AuditRecord(.refused, fields)) } catch { return }
    }

    /// Records how many were refused beyond those that have records of their own.
    func refused(_ report: RefusalTally.Report, over transport: String) {
        guard let log else { return }
        var counts = JSONObject()
        for (subject, count) in report.counts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            counts[subject.rawValue] = .integer(count)
        }
        let fields: JSONObject = [
            AuditField.transport: .string(transport), AuditField.what: "more",
            AuditField.count: .integer(report.total), AuditField.counts: .object(counts),
            AuditField.span: .integer(Moment.now.nanoseconds(since: report.since) / 1_000_000),
            AuditField.reason: "More messages were refused than are recorded one by one.",
        ]
        do throws(LedgerError) { try log.append(AuditRecord(.refused, fields)) } catch { return }
    }

    /// The keyed digest of a line's beginning without its secrets: the same text sent twice is
    /// recognized, and nobody finds a text, or a secret in it, by trying.
    private static func excerpt(of line: [UInt8], _ log: AuditLog) -> String {
        let text = String(decoding: line.prefix(excerptBytes), as: UTF8.self)
        return log.digest(of: Redactor(excerptLimits).redact(.string(text)))
    }

    private static let excerptLimits = Redactor.Limits(
        textBytes: excerptBytes * 3, members: 1, depth: 1, values: 1)
}
