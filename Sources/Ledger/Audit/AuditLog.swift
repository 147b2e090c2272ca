// The audit log: one chain of records, from before a call runs to after it is over.

internal import Kernel
package import Notation

/// Appends records to a file of its own under `audit/` in the state directory.
///
/// A `decided` record is on the device (or in the kernel: `AuditSettings.durability`) before
/// `append` returns, so that no crash hides a call. `append` throws when the record is not there;
/// what becomes of the call then is the caller's decision.
package final class AuditLog: Sendable {
    private let writer: Monitor<AuditWriter>
    private let digests: HMAC
    private let isFlushing: Bool
    package let instance: String
    package let onFailure: AuditSettings.FailurePolicy

    /// Opens the log: takes a lane, cuts off half a line if the process before was killed in the
    /// middle of one, and begins a file that carries the chain on.
    package init(in state: String, _ settings: AuditSettings) throws(LedgerError) {
        let directory = try AuditDirectory(in: state)
        do throws(SystemError) { instance = Hex.encode(try Entropy.bytes(4)) } catch {
            throw LedgerError(error, while: "naming the audit log")
        }
        digests = try directory.digestKey()
        onFailure = settings.onFailure
        isFlushing = settings.durability == .flushed
        let lane = try directory.takeLane()
        let own = lane.number
        writer = Monitor(try AuditWriter(settings, directory, lane, instance: instance))
        // Half lines in chains that nobody carries on now are told of as well.
        for other in try directory.tornLanes() where other != own {
            do throws(LedgerError) {
                guard let lane = try directory.take(other) else { continue }
                _ = try AuditWriter(settings, directory, lane, instance: instance)
            } catch { continue }  // It is no chain of ours; `verify` tells of it.
        }
    }

    /// Adds a record. Texts in it have been searched for secrets, all but those of
    /// `AuditField.trusted`.
    @discardableResult
    package func append(_ record: AuditRecord) throws(LedgerError) -> AuditReceipt {
        if let reserved = record.fields.reserved {
            throw LedgerError(.invalid, "the audit log sets '\(reserved)' itself")
        }
        let receipt = try writer.read { (writer) throws(LedgerError) in
            try writer.append(record.kind, record.fields)
        }
        if isFlushing, record.kind == .decided { try flush(through: receipt.seq) }
        return receipt
    }

    /// A keyed digest, for arguments and handles: without the key beside the log, nobody finds the
    /// value by trying.
    package func digest(of value: JSON) -> String { digests.hex(value.canonicalBytes) }
    package func digest(of text: String) -> String { digests.hex(Array(text.utf8)) }

    /// Records that could not be written or flushed since the log was opened.
    package var failures: Int64 { writer.read { $0.failures } }
    /// Records written since the log was opened.
    package var records: Int64 { writer.read { $0.records } }
    /// The file written now.
    package var file: String { writer.read { $0.file.path } }

    /// Writes a checkpoint if one is due: for a timer, so that quiet times end with one, too.
    package func checkpointIfDue() throws(LedgerError) {
        try writer.read { (writer) throws(LedgerError) in try writer.checkpointIfDue() }
    }

    /// Ends with a checkpoint, on the device. More may be appended.
    package func seal() throws(LedgerError) {
        let last = try writer.read { (writer) throws(LedgerError) in
            try writer.checkpoint()
            return writer.head.seq
        }
        try flush(through: last)
    }

    /// Waits until the device has everything up to a record. One thread flushes for all that wait.
    private func flush(through seq: Int64) throws(LedgerError) {
        while true {
            let found = writer.wait { writer in
                writer.flushing.turn(for: seq, last: writer.head.seq).map { ($0, writer.file) }
            }
            guard let (turn, file) = found else {
                preconditionFailure("waiting without a deadline ends with a turn")
            }
            switch turn {
            case .done: return
            case .lost:
                throw LedgerError(.system, "the audit record \(seq) may not be on the device")
            case .lead(let last):
                try lead(file, through: last)
            }
        }
    }

    private func lead(_ file: AuditFile, through last: Int64) throws(LedgerError) {
        do throws(SystemError) {
            try file.descriptor.syncData()
            writer.update { $0.flushing.ended(through: last, didFail: false) }
        } catch {
            writer.update { writer in
                writer.flushing.ended(through: last, didFail: true)
                writer.spoil()
            }
            throw LedgerError(error, while: "flushing the audit file \(file.path)")
        }
    }
}
