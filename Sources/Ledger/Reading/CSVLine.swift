// Comma-separated values as RFC 4180 has them.

/// One record as a line of a table.
enum CSVLine {
    static let columns = [
        AuditField.time, AuditField.id, AuditField.kind, AuditField.call, AuditField.tool,
        AuditField.category, AuditField.risk, AuditField.decision, AuditField.rule,
        AuditField.reason, AuditField.status, AuditField.grant, AuditField.session,
        AuditField.profile, AuditField.cpu, AuditField.wall, AuditField.peak, AuditField.bytesOut,
        AuditField.client, AuditField.summary, AuditField.policy, AuditField.what,
        AuditField.count,
    ]

    static func text(_ entry: AuditEntry) -> String {
        columns.map { quoted(entry.plain($0)) }.joined(separator: ",")
    }

    private static func quoted(_ value: String) -> String {
        var value = value
        // A spreadsheet would run a text that begins so as a formula. Numbers are left alone.
        if let first = value.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first),
            Int64(value) == nil
        {
            value = "'" + value
        }
        let isPlain = !value.utf8.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x2C }
        if isPlain { return value }
        return "\""
            + value.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }
}
