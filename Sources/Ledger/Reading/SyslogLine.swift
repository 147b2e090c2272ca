// RFC 5424: `<PRI>1 TIME HOST APP PROCID MSGID [STRUCTURED-DATA] MSG`.

internal import Notation

/// One record as a syslog message.
enum SyslogLine {
    /// Facility 13: log audit.
    private static let facility = 13
    /// 32473 is the number that is set aside for examples: we have none of our own.
    private static let identifier = "sandboa@32473"

    private static let parameters = [
        AuditField.id, AuditField.call, AuditField.tool, AuditField.decision, AuditField.rule,
        AuditField.status, AuditField.grant, AuditField.session, AuditField.policy,
        AuditField.trace, AuditField.hash, AuditField.what, AuditField.count,
    ]

    static func text(_ entry: AuditEntry) -> String {
        // Warning, notice, informational.
        let level = entry.severity >= 6 ? 4 : entry.severity >= 4 ? 5 : 6
        let time = entry.time?.text(fractionDigits: 6) ?? "-"
        let kind = entry.kind?.rawValue ?? "-"
        let instance = header(entry.plain(AuditField.instance))
        let data = parameters.compactMap { field -> String? in
            let value = entry.plain(field)
            return value.isEmpty ? nil : "\(field)=\"\(escaped(value))\""
        }
        let block = ([identifier] + data).joined(separator: " ")
        let words = entry.words.unicodeScalars.map { $0.value < 0x20 ? " " : String($0) }
        return "<\(facility * 8 + level)>1 \(time) - sandboa \(instance) \(kind) [\(block)] "
            + words.joined()
    }

    /// Of printable ASCII, not longer than PROCID may be.
    private static func header(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return isPlain && !text.isEmpty && text.utf8.count <= 128 ? text : "-"
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\", "]": result += "\\\(scalar)"
            case _ where scalar.value < 0x20: result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
