// Which records somebody looks for.

package import Notation

/// All that is set must hold.
package struct AuditQuery: Sendable {
    package var kinds: Set<AuditRecord.Kind> = []
    package var id: String?
    package var tool: String?
    package var decision: String?
    package var rule: String?
    package var status: String?
    /// Not before, and before.
    package var from: RFC3339?
    package var to: RFC3339?
    /// Occurs somewhere in the line, as it is written there.
    package var text: String?

    package init() {}

    package func matches(_ entry: AuditEntry) -> Bool {
        func holds(_ wanted: String?, _ field: String) -> Bool {
            wanted.map { entry.text(field)?.hasSameBytes(as: $0) ?? false } ?? true
        }
        guard kinds.isEmpty || entry.kind.map(kinds.contains) ?? false,
            id.map({ entry.id == $0 || entry.text(AuditField.call) == $0 }) ?? true,
            holds(tool, AuditField.tool), holds(decision, AuditField.decision),
            holds(rule, AuditField.rule), holds(status, AuditField.status)
        else { return false }
        if from != nil || to != nil {
            guard let time = entry.time else { return false }
            if let from, time.isBefore(from) { return false }
            if let to, !time.isBefore(to) { return false }
        }
        return text.map { entry.bytes.contains(Array($0.utf8)) } ?? true
    }
}

extension RFC3339 {
    func isBefore(_ other: RFC3339) -> Bool {
        (seconds, nanoseconds) < (other.seconds, other.nanoseconds)
    }
}

extension Array<UInt8> {
    /// Whether a run of bytes occurs.
    func contains(_ part: [UInt8]) -> Bool {
        guard let first = part.first, count >= part.count else { return part.isEmpty }
        for start in 0...(count - part.count) where self[start] == first {
            if self[start..<(start + part.count)].elementsEqual(part) { return true }
        }
        return false
    }
}
