// Checks one chain, record by record.
//
// A chain alone shows what was changed, removed or put in between. It can't show that its last
// records, or the whole directory, are gone, nor that all of it was written anew: for that there
// are signatures, and copies of checkpoints kept elsewhere.

internal import Kernel
internal import Notation

/// The chain of one lane, from its first file on.
struct LaneVerifier {
    private let keys: [VerifyingKey]
    /// A file may be checked without those before it.
    private let isAlone: Bool
    private var head: ChainHead?
    /// What the first file carries on from, and where it says so.
    private var origin: (head: ChainHead, file: String)?
    private var lastPruned: Set<ChainHead> = []
    /// Half lines that no record has told of yet.
    private var tears: [(tear: AuditTear, line: Int)] = []
    private var file: AuditFileName?
    private var tally = AuditVerification()

    init(keys: [VerifyingKey], isAlone: Bool) {
        self.keys = keys
        self.isAlone = isAlone
    }

    /// Why it stops: what is wrong, in the line it is at.
    private struct Refusal: Error { let reason: String }

    /// Checks files of one lane, in order.
    static func verify(
        _ files: [AuditFileName], in directory: String, keys: [VerifyingKey], isAlone: Bool
    ) throws(SystemError) -> AuditVerification {
        var verifier = LaneVerifier(keys: keys, isAlone: isAlone)
        for name in files {
            try verifier.read(name, in: directory)
            if verifier.tally.firstBreak != nil { return verifier.tally }
        }
        verifier.end()
        return verifier.tally
    }

    // MARK: Files

    private mutating func read(
        _ name: AuditFileName, in directory: String
    ) throws(SystemError) {
        let reader = try LineReader("\(directory)/\(name.text)")
        tally.files += 1
        if let before = file, name.number != before.number + 1 {
            return fail(
                name.text, 1,
                "the file before it, number \(name.number - 1) of its chain, is missing")
        }
        file = name
        var number = 0
        while true {
            let start = reader.offset
            guard let line = try reader.next() else { return }
            number += 1
            switch line {
            case .torn(let bytes, let count):
                let tear = AuditTear(
                    file: name.text, kept: start, cut: count,
                    digest: SHA256.hex(Array(bytes.prefix(AuditTail.digestedBytes))))
                tears.append((tear, number))
                return
            case .complete(let bytes):
                do throws(Refusal) {
                    switch AuditEntry.read(bytes, file: name.text, line: number) {
                    case .refused(let reason): throw Refusal(reason: reason)
                    case .record(let entry): try take(entry, of: name)
                    }
                } catch {
                    return fail(name.text, number, error.reason)
                }
            }
        }
    }

    private mutating func fail(_ file: String, _ line: Int, _ reason: String) {
        tally.firstBreak = AuditVerification.Break(file: file, line: line, reason: reason)
    }

    private mutating func end() {
        if let (tear, line) = tears.first {
            fail(
                tear.file, line,
                "half a line of \(tear.cut) bytes: its process was killed, and the next start will "
                    + "tell of it; or it is being written; or its end was removed")
        } else if let origin, origin.head != .none, !lastPruned.contains(origin.head) {
            fail(
                origin.file, 1,
                "carries on from \(origin.head.file ?? "") which is missing, and no record says "
                    + "that it was deleted for its age or size")
        }
    }

    // MARK: Records

    private mutating func take(_ entry: AuditEntry, of name: AuditFileName) throws(Refusal) {
        guard let seq = entry.seq, let prev = entry.text(AuditField.prev) else {
            throw Refusal(reason: "has no seq or no prev")
        }
        if entry.line == 1 {
            try open(entry, name)
        } else if entry.kind == .opened {
            throw Refusal(reason: "begins a file in the middle of one")
        }
        guard let before = head else { throw Refusal(reason: "follows nothing") }
        guard prev == before.hash else {
            throw Refusal(
                reason: "does not follow the record before it: records were removed, put in "
                    + "between, or swapped here")
        }
        guard seq == before.seq + 1 else {
            throw Refusal(reason: "has number \(seq) after \(before.seq)")
        }
        guard entry.text(AuditField.instance) == name.instance else {
            throw Refusal(reason: "is of another instance than its file's name says")
        }
        try note(entry, before: before, name)
        head = ChainHead(file: name.text, seq: seq, hash: entry.hash)
        tally.records += 1
        tally.unsealed = entry.kind == .checkpoint ? 0 : tally.unsealed + 1
    }

    private mutating func open(_ entry: AuditEntry, _ name: AuditFileName) throws(Refusal) {
        guard entry.kind == .opened, let carries = ChainHead(entry["carries"]) else {
            throw Refusal(reason: "is the first of its file, and does not say what it carries on")
        }
        guard entry["lane"]?.asInteger == Int64(name.lane),
            entry["number"]?.asInteger == Int64(name.number)
        else { throw Refusal(reason: "says it is of another file than this: it was renamed") }
        if let head {
            guard carries == head else {
                throw Refusal(
                    reason: "carries on from the record \(carries.seq) in \(carries.file ?? "-"), "
                        + "but the file before ends with \(head.seq): records were removed")
            }
            return
        }
        head = carries
        if !isAlone { origin = (carries, name.text) }
    }

    private mutating func note(
        _ entry: AuditEntry, before: ChainHead, _ name: AuditFileName
    ) throws(Refusal) {
        switch entry.kind {
        case .checkpoint:
            tally.checkpoints += 1
            if !keys.isEmpty { try checkSignature(entry, before, name) }
        case .recovered:
            let tear = AuditTear(entry.record)
            tally.recovered += 1
            tears.removeAll { $0.tear == tear }
        case .pruned:
            for file in entry["files"]?.asArray ?? [] {
                tally.pruned += 1
                if let head = ChainHead(file["last"]), head != .none { lastPruned.insert(head) }
            }
        case .gap:
            tally.missed = tally.missed.addingClamped(entry["missed"]?.asInteger ?? 0)
        case .opened, .decided, .finished, .refused, .policy, nil: break
        }
    }

    private mutating func checkSignature(
        _ entry: AuditEntry, _ before: ChainHead, _ name: AuditFileName
    ) throws(Refusal) {
        guard let named = entry.text("key"),
            let signature = entry.text("signature").flatMap(Hex.decode)
        else { throw Refusal(reason: "is a checkpoint without a signature") }
        guard let key = keys.first(where: { $0.name == named }) else {
            throw Refusal(reason: "is signed with a key, \(named), that is none of those given")
        }
        let statement = CheckpointStatement(before, lane: name.lane, key: key)
        guard key.accepts(signature, over: statement.bytes) else {
            throw Refusal(reason: "is a checkpoint whose signature is wrong")
        }
        tally.signed += 1
    }
}
