// The records of one chain, one after the other.

internal import Kernel

/// Passes over lines that are none of ours.
struct EntryStream {
    private var files: ArraySlice<AuditFileName>
    private let directory: String
    private var reader: LineReader?
    private var file = ""
    private var line = 0

    init(_ files: [AuditFileName], in directory: String) {
        self.files = files[...]
        self.directory = directory
    }

    mutating func next() throws(LedgerError) -> AuditEntry? {
        do throws(SystemError) {
            while true {
                guard let reader else {
                    guard let name = files.popFirst() else { return nil }
                    file = name.text
                    line = 0
                    reader = try LineReader("\(directory)/\(file)")
                    continue
                }
                guard case .complete(let bytes) = try reader.next() else {
                    self.reader = nil
                    continue
                }
                line += 1
                if case .record(let entry) = AuditEntry.read(bytes, file: file, line: line) {
                    return entry
                }
            }
        } catch {
            throw LedgerError(error, while: "reading the audit file \(file)")
        }
    }
}
