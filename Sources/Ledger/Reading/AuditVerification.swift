// What checking an audit log found.

/// How much was checked, and the first thing that is wrong.
package struct AuditVerification: Hashable, Sendable {
    /// The first place where the log is not as it was written.
    package struct Break: Hashable, Sendable, CustomStringConvertible {
        package let file: String
        /// From 1.
        package let line: Int
        package let reason: String

        package var description: String { "\(file):\(line): \(reason)" }
    }

    package var files = 0
    package var records: Int64 = 0
    package var checkpoints: Int64 = 0
    /// Checkpoints whose signature was checked, and is right.
    package var signed: Int64 = 0
    /// Records after the last checkpoint of their chain: what only the chain speaks for.
    package var unsealed: Int64 = 0
    package var recovered = 0
    package var pruned = 0
    /// Records that the log says it could not write.
    package var missed: Int64 = 0
    package var firstBreak: Break?

    package var isIntact: Bool { firstBreak == nil }
}
