// The one error of this module.

package import Kernel

/// Why a store or the audit log could not do what it was asked: what happened, why, what to do.
///
/// No text holds a password, a key, or a value of a call.
package struct LedgerError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: String, Hashable, Sendable {
        /// What was handed in can't be used: a negative amount, a malformed address.
        case invalid
        /// The store can't be reached, or not in time.
        case unavailable
        /// Another process held the store for too long.
        case busy
        /// No room on the device, or a limit of the process on file sizes.
        case full
        /// A file of ours is not as we left it.
        case damaged
        /// The store answered, and refused.
        case refused
        /// The kernel refused, for another reason.
        case system
    }

    package let kind: Kind
    package let description: String

    package init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }

    /// A failed system call, and what it was for.
    package init(_ error: SystemError, while doing: String) {
        let full = [ErrorCode.noSpace, ErrorCode.tooLarge, ErrorCode.overQuota]
        if full.contains(error.code) {
            self.init(.full, "\(doing): \(error); make room, or raise the limit on file sizes")
        } else {
            self.init(.system, "\(doing): \(error)")
        }
    }
}

/// When a write counts as done.
package enum Durability: String, Hashable, Sendable, CaseIterable {
    /// The device has it: it survives the loss of power.
    case flushed
    /// The kernel has it: it survives the end of every process, however that comes.
    case written
}
