// ArcSight's Common Event Format:
// `CEF:0|vendor|product|version|signature|name|severity|key=value key=value`.

/// One record as an event.
enum CEFLine {
    /// The format's own keys, and what of a record goes under them.
    private static let extensions: [(key: String, field: String)] = [
        ("externalId", AuditField.id), ("act", AuditField.decision),
        ("outcome", AuditField.status), ("reason", AuditField.reason),
        ("suser", AuditField.grant), ("deviceExternalId", AuditField.instance),
        ("app", AuditField.transport), ("out", AuditField.bytesOut), ("in", AuditField.bytes),
        ("cat", AuditField.what), ("cnt", AuditField.count),
    ]
    /// Ours, which the format labels.
    private static let labeled: [(key: String, label: String, field: String)] = [
        ("cs1", "rule", AuditField.rule), ("cs2", "tool", AuditField.tool),
        ("cs3", "policy", AuditField.policy), ("cs4", "arguments", AuditField.arguments),
        ("cs5", "hash", AuditField.hash), ("cs6", "call", AuditField.call),
    ]

    static func text(_ entry: AuditEntry, program: String) -> String {
        let rule = entry.plain(AuditField.rule)
        let signature = rule.isEmpty ? entry.plain(AuditField.kind) : rule
        let header = ["sandboa", "sandboa", program, signature, entry.words]
            .map { escaped($0, ["\\", "|"]) }
        var pairs: [String] = []
        if let time = entry.time {
            let (milliseconds, overflow) = time.seconds.multipliedReportingOverflow(by: 1000)
            if !overflow {
                pairs.append("rt=\(milliseconds + Int64(time.nanoseconds / 1_000_000))")
            }
        }
        for (key, field) in extensions {
            let value = entry.plain(field)
            if !value.isEmpty { pairs.append("\(key)=\(escaped(value, ["\\", "="]))") }
        }
        for (key, label, field) in labeled {
            let value = entry.plain(field)
            if value.isEmpty { continue }
            pairs.append("\(key)Label=\(label) \(key)=\(escaped(value, ["\\", "="]))")
        }
        let head = header.joined(separator: "|")
        return "CEF:0|\(head)|\(entry.severity)|\(pairs.joined(separator: " "))"
    }

    private static func escaped(_ text: String, _ special: Set<Unicode.Scalar>) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += special.contains("=") ? "\\n" : " "
            case "\r": result += special.contains("=") ? "\\r" : " "
            case _ where special.contains(scalar): result += "\\\(scalar)"
            case _ where scalar.value < 0x20: result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
