// A chain that nobody else writes, as the process before has left it.

internal import Kernel
internal import Notation

/// A lane, locked, with where its chain stands.
struct AuditLane: ~Copyable {
    let number: Int
    let head: ChainHead
    let lastNumber: Int
    private let lock: Descriptor

    init(_ number: Int, _ end: End, lock: consuming Descriptor) {
        self.number = number
        head = end.head
        lastNumber = end.lastNumber
        self.lock = lock
    }

    consuming func takeLock() -> Descriptor { lock }

    /// Where a lane's chain ends.
    struct End {
        let head: ChainHead
        let lastNumber: Int

        /// Reads the lane's last line. One that is whole and not as it was written is nothing we
        /// could explain.
        init(ofLane lane: Int, in directory: AuditDirectory) throws(LedgerError) {
            var last: (file: AuditFileName, line: [UInt8])?
            do throws(SystemError) {
                let files = try AuditDirectory.files(in: directory.path).filter { $0.lane == lane }
                lastNumber = files.last?.number ?? 0
                for name in files.reversed() where last == nil {
                    let tail = try AuditTail("\(directory.path)/\(name.text)")
                    last = tail.last.map { (name, $0) }
                }
            } catch {
                throw LedgerError(error, while: "reading the audit log in \(directory.path)")
            }
            guard let last else {
                head = .none
                return
            }
            guard let head = ChainHead(lastLine: last.line, of: last.file.text) else {
                throw LedgerError(
                    .damaged,
                    "the last line of the audit file \(directory.path)/\(last.file.text) was "
                        + "changed; look at it with: sandboa audit verify. To begin a new chain, "
                        + "move the directory away")
            }
            self.head = head
        }
    }
}
