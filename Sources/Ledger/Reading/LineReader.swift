// Lines of a file, one at a time, in bounded memory.

internal import Kernel

/// Reads a file from front to back. It need not be complete: somebody may be writing it.
final class LineReader {
    enum Line {
        case complete([UInt8])
        /// Bytes without a newline behind them, at the end of the file or beyond the limit. Of
        /// these, as many as the limit says, and how many there are in all.
        case torn([UInt8], count: Int64)
    }

    private static let blockBytes = 65_536

    private let descriptor: Descriptor
    private let limit: Int
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false
    /// Offset of the line that comes next.
    private(set) var offset: Int64 = 0

    init(_ path: String, limit: Int = AuditLine.maxBytes) throws(SystemError) {
        descriptor = try Files.open(path)
        self.limit = limit
    }

    /// Nil at the end.
    func next() throws(SystemError) -> Line? {
        var searched = start
        while true {
            if let newline = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(buffer[start..<newline])
                offset += Int64(line.count + 1)
                start = newline + 1
                return .complete(line)
            }
            if isAtEnd || buffer.count - start > limit { return try rest() }
            buffer.removeFirst(start)
            start = 0
            searched = buffer.count
            let block = try descriptor.read(limit: Self.blockBytes)
            isAtEnd = block.isEmpty
            buffer += block
        }
    }

    /// What is left, when no line is: it is counted, not kept.
    private func rest() throws(SystemError) -> Line? {
        let kept = Array(buffer[start...].prefix(limit))
        var count = Int64(buffer.count - start)
        while !isAtEnd {
            let block = try descriptor.read(limit: Self.blockBytes)
            isAtEnd = block.isEmpty
            count += Int64(block.count)
        }
        buffer = []
        start = 0
        return count == 0 ? nil : .torn(kept, count: count)
    }
}
