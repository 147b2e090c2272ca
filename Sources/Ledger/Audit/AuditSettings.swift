// The knobs of the audit log, with what they do by themselves.

internal import Kernel

/// How the audit log is kept.
package struct AuditSettings: Sendable {
    /// What the caller does with a call whose record can't be written. The log itself only throws.
    package enum FailurePolicy: String, Hashable, Sendable, CaseIterable { case deny, `continue` }

    /// When `append` returns for `decided` records. Others are always `.written`.
    package var durability: Durability = .flushed
    package var onFailure: FailurePolicy = .deny
    /// A file is left for a new one before it grows beyond this.
    package var maxFileBytes: Int64 = 64 << 20
    /// The oldest files of this log go when all together are larger; nil: none ever does.
    package var maxTotalBytes: Int64?
    /// Files go when their last record is older; nil: none ever does.
    package var maxAgeSeconds: Int64?
    /// A checkpoint comes after so many records, or so many seconds with a record.
    package var checkpointRecords = 1000
    package var checkpointSeconds: Int64 = 60
    package var signingKey: SigningKey?
    /// The version of the program, for `opened` records.
    package var program: String

    package init(program: String) { self.program = program }

    /// When the checkpoint after one that is made now is due.
    var nextCheckpoint: Moment {
        Moment.now.advanced(byMilliseconds: checkpointSeconds.multipliedClamped(by: 1000))
    }
}
