// What goes into the audit log.

package import Notation

/// One thing that happened, before it has its place in the chain.
package struct AuditRecord: Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A file begins: what wrote it, and what it carries on from.
        case opened
        /// A call got its verdict. It has not run yet.
        case decided
        /// A call that was decided is over.
        case finished
        /// A client's message was refused before it became a call, or so many that they are
        /// counted.
        case refused
        /// A policy was loaded, or refused.
        case policy
        /// So far, so good: signed when there is a key.
        case checkpoint
        /// A line that a killed process had half written was cut off.
        case recovered
        /// Records could not be written for a while.
        case gap
        /// Old files are about to be deleted.
        case pruned
    }

    let kind: Kind
    private(set) var fields: AuditFields

    /// None of the names that `AuditField` reserves.
    package init(_ kind: Kind, _ fields: AuditFields) {
        self.kind = kind
        self.fields = fields
        self.fields.sort()
    }

    package init(_ kind: Kind, _ fields: JSONObject) {
        self.init(kind, AuditFields(fields))
    }
}

/// The place of a record in the log.
package struct AuditReceipt: Hashable, Sendable {
    /// Unique among all logs: what a result's `_meta` names.
    package let id: String
    package let seq: Int64
    package let hash: String
}
