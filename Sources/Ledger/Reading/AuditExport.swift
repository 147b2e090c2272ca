// The log for other programs: one line for each record, in four forms.

internal import Notation

/// What to write records as.
package enum AuditFormat: String, Hashable, Sendable, CaseIterable {
    /// The log's own form, line by line.
    case jsonl
    /// For people and spreadsheets: RFC 4180, with a heading.
    case csv
    /// ArcSight's Common Event Format, version 0.
    case cef
    /// RFC 5424, facility "log audit".
    case syslog
}

/// Writes records as lines of a format.
package struct AuditExport: Sendable {
    package let format: AuditFormat
    /// The version of the program, where a format has a place for it.
    private let program: String

    package init(_ format: AuditFormat, program: String) {
        self.format = format
        self.program = program
    }

    /// What goes before the first record, with its newline; nothing for most formats.
    package var heading: String {
        guard format == .csv else { return "" }
        return CSVLine.columns.joined(separator: ",") + "\r\n"
    }

    /// A record as a line, with what ends it.
    package func line(_ entry: AuditEntry) -> String {
        switch format {
        case .jsonl: String(decoding: entry.bytes, as: UTF8.self) + "\n"
        case .csv: CSVLine.text(entry) + "\r\n"
        case .cef: CEFLine.text(entry, program: program) + "\n"
        case .syslog: SyslogLine.text(entry) + "\n"
        }
    }
}

extension AuditReader {
    /// Hands over the lines of an export, one at a time, heading first.
    package func export(
        _ query: AuditQuery = AuditQuery(), as export: AuditExport,
        each: (String) throws -> Void
    ) throws {
        let heading = export.heading
        if !heading.isEmpty { try each(heading) }
        try search(query) { entry in
            try each(export.line(entry))
            return true
        }
    }
}

extension AuditEntry {
    /// A field as plain text: a string as it is, anything else as JSON; empty when it is missing.
    func plain(_ field: String) -> String {
        switch record[field] {
        case .string(let text): text
        case .null, nil: ""
        case let value?: value.text
        }
    }

    /// From 0, for what is nothing to look at, to 10.
    var severity: Int {
        if kind == .gap || kind == .recovered { return 8 }
        if kind == .refused { return 5 }
        switch text(AuditField.decision) {
        case "deny", "hidden": return text(AuditField.risk) == "critical" ? 9 : 6
        case "require_approval": return 5
        default: break
        }
        switch text(AuditField.status) {
        case nil, "ok": return kind == .policy ? 4 : 2
        default: return 4
        }
    }

    /// A few words: `decided run deny no-shell`, `refused method`.
    var words: String {
        [
            AuditField.kind, AuditField.tool, AuditField.decision, AuditField.status,
            AuditField.rule, AuditField.what,
        ].map(plain).filter { !$0.isEmpty }.joined(separator: " ")
    }
}
