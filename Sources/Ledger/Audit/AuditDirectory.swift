// The directory of the audit log: its files, its keys, who may write what.

internal import Kernel
internal import Notation

/// `audit/` under the state directory, for its owner only.
struct AuditDirectory: Sendable {
    static let mostLanes = 999
    private static let keyBytes = 32

    let path: String

    /// Makes it if it is missing.
    init(in state: String) throws(LedgerError) {
        path = "\(state)/audit"
        do throws(SystemError) { try Files.makeDirectories(path, mode: 0o700) } catch {
            throw LedgerError(error, while: "making the directory of the audit log")
        }
    }

    /// Our files, in order.
    static func files(in path: String) throws(SystemError) -> [AuditFileName] {
        try Files.names(in: path).compactMap { AuditFileName($0) }.sorted()
    }

    /// The key of digests of arguments, made with the first log: 32 random bytes.
    func digestKey() throws(LedgerError) -> HMAC {
        let file = "\(path)/digest.key"
        do throws(SystemError) {
            // One process makes it; the others wait, and find it.
            let lock = try Files.open("\(path)/digest.lock", .append)
            try lock.lock()
            if !Files.exists(file) {
                try Files.replace(file, with: try Entropy.bytes(Self.keyBytes))
            }
        } catch {
            throw LedgerError(error, while: "making the key \(file)")
        }
        let key = try KeyFile.contents(of: file, isPrivate: true)
        guard key.count == Self.keyBytes else {
            throw LedgerError(
                .damaged,
                "the key \(file) is not \(Self.keyBytes) bytes long; move it away, and digests "
                    + "begin anew")
        }
        return HMAC(key: key)
    }

    /// Takes the lowest lane that is free.
    func takeLane() throws(LedgerError) -> AuditLane {
        for number in 1...Self.mostLanes {
            if let lane = try take(number) { return lane }
        }
        throw LedgerError(.busy, "\(Self.mostLanes) processes write the audit log already")
    }

    /// Nil: another process has it.
    func take(_ lane: Int) throws(LedgerError) -> AuditLane? {
        guard let lock = try lock(ofLane: lane) else { return nil }
        return AuditLane(lane, try AuditLane.End(ofLane: lane, in: self), lock: lock)
    }

    /// Nil: another process has the lane.
    private func lock(ofLane number: Int) throws(LedgerError) -> Descriptor? {
        do throws(SystemError) {
            let lock = try Files.open("\(path)/\(AuditFileName.lock(ofLane: number))", .append)
            guard try lock.tryLock() else { return nil }
            return lock
        } catch {
            throw LedgerError(error, while: "opening the audit log in \(path)")
        }
    }

    /// Half lines in the files of a lane.
    func tears(
        ofLane lane: Int, before current: AuditFileName
    ) throws(LedgerError) -> [AuditTear] {
        do throws(SystemError) {
            var tears: [AuditTear] = []
            for name in try Self.files(in: path) where name.lane == lane && name < current {
                let tail = try AuditTail("\(path)/\(name.text)")
                if let tear = AuditTear(tail, of: name.text) { tears.append(tear) }
            }
            return tears
        } catch {
            throw LedgerError(error, while: "reading the audit files in \(path)")
        }
    }

    /// Lanes that end with half a line: nobody has written them since, or somebody is writing.
    func tornLanes() throws(LedgerError) -> [Int] {
        do throws(SystemError) {
            var torn: [Int] = []
            let lanes = Dictionary(grouping: try Self.files(in: path), by: \.lane)
            for (lane, files) in lanes.sorted(by: { $0.key < $1.key }) {
                guard let last = files.last else { continue }
                if try AuditTail("\(path)/\(last.text)").tornBytes > 0 { torn.append(lane) }
            }
            return torn
        } catch {
            throw LedgerError(error, while: "reading the audit files in \(path)")
        }
    }

    /// For files whose removal was announced, or that say nothing. One that stays is harmless: it
    /// is told of, and the next start tries again.
    func removeQuietly(_ path: String) {
        do throws(SystemError) { try Files.remove(path) } catch {}
    }

    /// A file that is to go.
    struct Pruned {
        let file: String
        let size: Int64
        let head: ChainHead?

        var json: JSON {
            .object([
                "file": .string(file), "bytes": .integer(size), "last": head?.json ?? .null,
            ])
        }
    }

    /// The oldest files of a lane that are too much or too old. A file that can't be read, or does
    /// not end as it was written, is evidence: it stays, and so do all after it.
    func prunable(
        ofLane lane: Int, before current: AuditFileName, _ settings: AuditSettings
    ) -> [Pruned] {
        if settings.maxTotalBytes == nil, settings.maxAgeSeconds == nil { return [] }
        var found: [(Pruned, FileStatus)] = []
        do throws(SystemError) {
            for name in try Self.files(in: path) where name.lane == lane && name < current {
                let file = "\(path)/\(name.text)"
                let status = try Files.open(file).status()
                let tail = try AuditTail(file)
                let head = tail.last.flatMap { ChainHead(lastLine: $0, of: name.text) }
                guard tail.tornBytes == 0, head != nil || status.size == 0 else { break }
                found.append((Pruned(file: name.text, size: status.size, head: head), status))
            }
        } catch { return [] }
        var total = found.reduce(0) { $0 + $1.1.size }
        let oldest = settings.maxAgeSeconds.map {
            WallClock.nanoseconds.subtractingClamped($0.multipliedClamped(by: 1_000_000_000))
        }
        let pruned = found.prefix { _, status in
            let isTooMuch = settings.maxTotalBytes.map { total > $0 } ?? false
            let isTooOld = oldest.map { status.modifiedNanoseconds <= $0 } ?? false
            total -= status.size
            return isTooMuch || isTooOld
        }
        return pruned.map(\.0)
    }
}
