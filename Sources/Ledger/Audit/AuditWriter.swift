// The state of the audit log, and how a record becomes the next line of the chain.
//
// INVARIANT: `head` is the last complete line of `file`; a record counts once it is written whole.
// INVARIANT: nothing is ever changed in a file but by appending, save that half a line is cut off.

internal import Kernel
internal import Notation

/// Used under the log's lock.
final class AuditWriter {
    let settings: AuditSettings
    let directory: AuditDirectory
    let lane: Int
    let instance: String
    /// Held for as long as the log is open: nobody else writes this lane.
    private let lock: Descriptor

    private(set) var file: AuditFile
    private(set) var head: ChainHead
    private var size: Int64 = 0
    private var lines = 0
    /// Room that is left for the checkpoint at the end of a file.
    private static let checkpointBytes: Int64 = 800
    /// The file can't be appended to any more: the next record begins another.
    private var isSpoiled = false
    private var sinceCheckpoint = 0
    private var checkpointDue: Moment

    /// Records that could not be written since the last one that was.
    private var missed: Int64 = 0
    private var missedReason = ""
    private(set) var failures: Int64 = 0
    private(set) var records: Int64 = 0
    var flushing = AuditFlush()

    init(
        _ settings: AuditSettings, _ directory: AuditDirectory, _ lane: consuming AuditLane,
        instance: String
    ) throws(LedgerError) {
        self.settings = settings
        self.directory = directory
        self.lane = lane.number
        self.instance = instance
        head = lane.head
        checkpointDue = settings.nextCheckpoint
        let name = AuditFileName(
            lane: lane.number, number: lane.lastNumber + 1, instance: instance)
        lock = lane.takeLock()
        do throws(SystemError) { file = try AuditFile(name, in: directory.path) } catch {
            throw LedgerError(error, while: "beginning the audit file \(name.text)")
        }
        try begin()
        try recover()
        try prune()
    }

    // MARK: Records

    /// Writes a record, and what is due before and after it.
    func append(
        _ kind: AuditRecord.Kind, _ fields: AuditFields
    ) throws(LedgerError) -> AuditReceipt {
        do throws(LedgerError) {
            let after = size + Int64(fields.size) + Self.checkpointBytes
            let isFull = after > settings.maxFileBytes && lines > 1
            if isSpoiled || isFull { try rotate() }
            if missed > 0 { try tellGap() }
            let receipt = try write(kind, fields)
            // The record is written, whatever becomes of the checkpoint.
            do throws(LedgerError) { try checkpointIfDue() } catch { failures += 1 }
            return receipt
        } catch {
            failures += 1
            missed += 1
            missedReason = error.kind.rawValue
            throw error
        }
    }

    private func write(
        _ kind: AuditRecord.Kind, _ fields: AuditFields
    ) throws(LedgerError) -> AuditReceipt {
        let seq = head.seq + 1
        let id = "\(instance)-\(seq)"
        let line = AuditLine(fields, header: header(kind, id, seq))
        guard line.bytes.count <= AuditLine.maxBytes else {
            throw LedgerError(
                .invalid,
                "an audit record of \(line.bytes.count) bytes is longer than "
                    + "\(AuditLine.maxBytes); record less of the call")
        }
        do throws(AppendFailure) { try file.append(line.bytes, at: size) } catch {
            if error.isTorn { isSpoiled = true }
            throw LedgerError(error.error, while: "writing the audit record to \(file.path)")
        }
        size += Int64(line.bytes.count)
        head = ChainHead(file: file.name.text, seq: seq, hash: line.hash)
        records += 1
        lines += 1
        sinceCheckpoint += 1
        return AuditReceipt(id: id, seq: seq, hash: line.hash)
    }

    /// What the log sets, in canonical order.
    private func header(_ kind: AuditRecord.Kind, _ id: String, _ seq: Int64) -> AuditFields {
        let now = WallClock.nanoseconds
        let second = now.dividedDown(by: 1_000_000_000)
        let time = RFC3339(
            seconds: second, nanoseconds: Int32(now - second * 1_000_000_000))
        var fields = AuditFields()
        fields.set(.id, .string(id))
        fields.set(.instance, .string(instance))
        fields.set(.kind, .string(kind.rawValue))
        fields.set(.prev, .string(head.hash))
        fields.set(.schema, .integer(AuditLine.schemaVersion))
        fields.set(.seq, .integer(seq))
        fields.set(.time, .string(time?.text(fractionDigits: 9) ?? ""))
        return fields
    }

    /// Owns up to records that are missing, as soon as something can be written again.
    private func tellGap() throws(LedgerError) {
        let count = missed
        _ = try write(
            .gap,
            AuditFields(["missed": .integer(count), "reason": .string(missedReason)]))
        missed = 0
    }

    // MARK: Checkpoints

    func checkpointIfDue() throws(LedgerError) {
        guard sinceCheckpoint > 0 else { return }
        if sinceCheckpoint >= settings.checkpointRecords || Moment.now >= checkpointDue {
            try checkpoint()
        }
    }

    /// States how far the chain has come; signed, when there is a key.
    func checkpoint() throws(LedgerError) {
        guard sinceCheckpoint > 0 else { return }
        var fields: JSONObject = ["records": .integer(Int64(sinceCheckpoint))]
        if let key = settings.signingKey {
            fields["key"] = .string(key.publicKey.name)
            let statement = CheckpointStatement(head, lane: lane, key: key.publicKey)
            fields["signature"] = .string(Hex.encode(key.signature(over: statement.bytes)))
        }
        checkpointDue = settings.nextCheckpoint
        _ = try write(.checkpoint, AuditFields(fields))
        sinceCheckpoint = 0
    }

    // MARK: Files

    /// The first record of a file. A file that can't have one is taken away again.
    private func begin() throws(LedgerError) {
        (size, lines) = (0, 0)
        do throws(LedgerError) {
            _ = try write(
                .opened,
                AuditFields([
                    "lane": .integer(Int64(lane)), "number": .integer(Int64(file.name.number)),
                    "program": .string(settings.program),
                    "pid": .integer(Int64(Processes.ownPid)), "carries": head.json,
                ]))
            sinceCheckpoint = 0
            guard settings.durability == .flushed else { return }
            do throws(SystemError) {
                try file.descriptor.syncData()
                try Files.syncDirectory(directory.path)
            } catch {
                throw LedgerError(error, while: "flushing the audit file \(file.path)")
            }
        } catch {
            isSpoiled = true
            // An empty file says nothing, and one with a record in it is part of the chain.
            if size == 0 { directory.removeQuietly(file.path) }
            throw error
        }
    }

    /// Cuts half lines off the files before, after the chain has told of them.
    private func recover() throws(LedgerError) {
        for tear in try directory.tears(ofLane: lane, before: file.name) {
            _ = try write(.recovered, AuditFields(tear.json))
            do throws(SystemError) {
                try file.descriptor.syncData()
                let old = try Files.open("\(directory.path)/\(tear.file)", .update)
                try old.truncate(to: tear.kept)
            } catch {
                throw LedgerError(error, while: "cutting off half a line of \(tear.file)")
            }
        }
    }

    /// Whoever waits for a record of this file must not take the next file's flush for it.
    private func flushBeforeLeaving() throws(LedgerError) {
        guard settings.durability == .flushed else { return }
        do throws(SystemError) {
            try file.descriptor.syncData()
            flushing.isDone(through: head.seq)
        } catch {
            flushing.isLost(through: head.seq)
            if isSpoiled { return }
            isSpoiled = true
            throw LedgerError(error, while: "flushing the audit file \(file.path)")
        }
    }

    /// Leaves the file for a new one that carries on.
    private func rotate() throws(LedgerError) {
        if !isSpoiled { try checkpoint() }
        try flushBeforeLeaving()
        let name = AuditFileName(
            lane: lane, number: file.name.number + 1, instance: instance)
        let before = (file, size, lines)
        do throws(SystemError) { file = try AuditFile(name, in: directory.path) } catch {
            throw LedgerError(error, while: "beginning the audit file \(name.text)")
        }
        do throws(LedgerError) { try begin() } catch {
            if size == 0 { (file, size, lines) = before }
            throw error
        }
        let wasSpoiled = isSpoiled
        isSpoiled = false
        if wasSpoiled { try recover() }
        try prune()
    }

    /// Deletes files that are past their time, after the chain has told of it.
    private func prune() throws(LedgerError) {
        let old = directory.prunable(ofLane: lane, before: file.name, settings)
        guard !old.isEmpty else { return }
        _ = try write(.pruned, AuditFields(["files": .array(old.map(\.json))]))
        do throws(SystemError) { try file.descriptor.syncData() } catch {
            throw LedgerError(error, while: "flushing the audit file \(file.path)")
        }
        for one in old { directory.removeQuietly("\(directory.path)/\(one.file)") }
    }

    /// A flush of this file failed: what the device has of it is not known.
    func spoil() {
        isSpoiled = true
        failures += 1
    }
}
