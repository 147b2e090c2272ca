// The names of what a record says: one spelling for writers, readers and exports.

internal import Notation

/// Members of audit records. The log sets those of the first group; callers set the others.
package enum AuditField {
    // Set by the log.
    package static let schema = "schema"
    package static let id = "id"
    package static let seq = "seq"
    package static let time = "time"
    package static let instance = "instance"
    package static let kind = "kind"
    package static let prev = "prev"
    package static let hash = "hash"

    // Who and how.
    /// The id of the `decided` record that a `finished` record belongs to.
    package static let call = "call"
    package static let era = "era"
    package static let transport = "transport"
    /// `{name, version}`, as the client says: untrusted.
    package static let client = "client"
    package static let grant = "grant"
    /// How the grant was proven.
    package static let proof = "proof"
    package static let request = "request"
    package static let trace = "trace"
    /// A digest of the session's handle, never the handle.
    package static let session = "session"

    // What.
    package static let tool = "tool"
    package static let category = "category"
    package static let risk = "risk"
    /// `AuditLog.digest(of:)` of the canonical arguments.
    package static let arguments = "arguments"
    /// The arguments, redacted.
    package static let summary = "summary"
    package static let codeBytes = "code_bytes"
    package static let codeHash = "code_sha256"

    // A message that was refused.
    /// What was wrong, in a word; `more`: several that are only counted.
    package static let what = "what"
    /// The JSON-RPC error code.
    package static let code = "code"
    /// The length of the line.
    package static let bytes = "bytes"
    /// `AuditLog.digest(of:)` of the line's redacted beginning.
    package static let excerpt = "excerpt"
    /// How many were refused, and how many for what.
    package static let count = "count"
    package static let counts = "counts"
    /// The time over which they were counted.
    package static let span = "span_ms"

    // Verdict.
    package static let policy = "policy_sha256"
    package static let rule = "rule"
    package static let decision = "decision"
    package static let reason = "reason"
    package static let finding = "finding"
    package static let reservations = "reservations"
    package static let profile = "profile"
    package static let limits = "limits"
    package static let walls = "walls"
    package static let decisionMicroseconds = "decision_us"

    // Outcome.
    package static let status = "status"
    package static let signal = "signal"
    package static let cpu = "cpu_ms"
    package static let wall = "wall_ms"
    package static let peak = "peak_bytes"
    package static let bytesOut = "bytes_out"
    package static let truncated = "truncated"
    package static let artifacts = "artifacts"
    package static let error = "error"

    enum Handling {
        /// Nobody but the log sets it.
        case reserved
        /// Written by us or by the operator: not searched for secrets. Everything else is.
        case trusted
    }

    static let handling: [String: Handling] = {
        let reserved = [schema, id, seq, time, instance, kind, prev, hash]
        let trusted = [
            call, era, transport, proof, session, tool, category, risk, arguments, codeBytes,
            codeHash, policy, rule, decision, profile, limits, walls, decisionMicroseconds, status,
            signal, cpu, wall, peak, bytesOut, truncated, what, code, bytes, excerpt, count,
            counts, span,
        ]
        return Dictionary(
            uniqueKeysWithValues: reserved.map { ($0, .reserved) } + trusted.map { ($0, .trusted) })
    }()
}
