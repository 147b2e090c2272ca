// Reading the audit log: is it whole, what came last, what happened when. It never writes, and
// never holds more than a line of each chain.

internal import Kernel
internal import Notation

/// An audit directory, or one file of one.
package struct AuditReader: Sendable {
    private let directory: String
    private let only: AuditFileName?

    /// `path` is the directory of the audit log (`audit` under the state directory), or a file.
    package init(_ path: String) throws(LedgerError) {
        if Files.isDirectory(path) {
            directory = path
            only = nil
            return
        }
        let slash = path.lastIndex(of: "/")
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        guard let file = AuditFileName(name) else {
            throw LedgerError(
                .invalid, "\(path) is neither a directory nor named like an audit file")
        }
        directory = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        only = file
    }

    private func files() throws(LedgerError) -> [AuditFileName] {
        if let only { return [only] }
        do throws(SystemError) { return try AuditDirectory.files(in: directory) } catch {
            throw LedgerError(error, while: "reading the audit log")
        }
    }

    private func lanes() throws(LedgerError) -> [[AuditFileName]] {
        Dictionary(grouping: try files(), by: \.lane).sorted { $0.key < $1.key }.map(\.value)
    }

    /// Checks everything. With keys, every checkpoint must be signed with one of them.
    package func verify(keys: [VerifyingKey] = []) throws(LedgerError) -> AuditVerification {
        var all = AuditVerification()
        for files in try lanes() {
            do throws(SystemError) {
                let one = try LaneVerifier.verify(
                    files, in: directory, keys: keys, isAlone: only != nil)
                all.add(one)
            } catch {
                throw LedgerError(error, while: "reading the audit log")
            }
            if all.firstBreak != nil { break }
        }
        return all
    }

    /// Hands over the records that match, in the order of their time, until `each` says false.
    /// Lines that are no records, or not as they were written, are passed over: `verify` tells.
    package func search(
        _ query: AuditQuery = AuditQuery(), each: (AuditEntry) throws -> Bool
    ) throws {
        var streams = try lanes().map { EntryStream($0, in: directory) }
        var heads: [AuditEntry?] = []
        for index in streams.indices { heads.append(try streams[index].next()) }
        while let index = Self.earliest(of: heads), let entry = heads[index] {
            heads[index] = try streams[index].next()
            if query.matches(entry), try !each(entry) { return }
        }
    }

    /// The last records, oldest first; of several chains, the last of all.
    package func tail(_ count: Int) throws(LedgerError) -> [AuditEntry] {
        guard count > 0 else { return [] }
        var found: [AuditEntry] = []
        for files in try lanes() {
            var ofLane: [AuditEntry] = []
            for name in files.reversed() where ofLane.count < count {
                ofLane = try tail(of: name, count - ofLane.count) + ofLane
            }
            found += ofLane
        }
        let sorted = found.enumerated().sorted {
            Self.precedes($0.element, $1.element, otherwise: $0.offset < $1.offset)
        }
        return sorted.map(\.element).suffix(count)
    }

    private func tail(
        of name: AuditFileName, _ count: Int
    ) throws(LedgerError) -> [AuditEntry] {
        var stream = EntryStream([name], in: directory)
        var last: [AuditEntry] = []
        var oldest = 0
        while let entry = try stream.next() {
            // A ring: `oldest` is overwritten next.
            if last.count < count {
                last.append(entry)
            } else {
                last[oldest] = entry
                oldest = (oldest + 1) % count
            }
        }
        return Array(last[oldest...] + last[..<oldest])
    }

    private static func earliest(of heads: [AuditEntry?]) -> Int? {
        var found: (index: Int, entry: AuditEntry)?
        for (index, head) in heads.enumerated() {
            guard let head else { continue }
            if let best = found?.entry, !precedes(head, best, otherwise: false) { continue }
            found = (index, head)
        }
        return found?.index
    }

    private static func precedes(
        _ left: AuditEntry, _ right: AuditEntry, otherwise: Bool
    ) -> Bool {
        guard left.file.prefix(2) != right.file.prefix(2), let one = left.time,
            let other = right.time, one != other
        else { return otherwise }
        return one.isBefore(other)
    }
}

extension AuditVerification {
    /// Adds up what was found in another chain.
    mutating func add(_ other: AuditVerification) {
        files += other.files
        records += other.records
        checkpoints += other.checkpoints
        signed += other.signed
        unsealed += other.unsealed
        recovered += other.recovered
        pruned += other.pruned
        missed = missed.addingClamped(other.missed)
        firstBreak = firstBreak ?? other.firstBreak
    }
}
