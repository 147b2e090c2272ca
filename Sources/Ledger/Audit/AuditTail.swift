// The end of a file that another process has left, perhaps in the middle of a line.

internal import Kernel
internal import Notation

/// What a file ends with.
struct AuditTail {
    /// Of the part of a torn line that goes into its digest, in bytes.
    static let digestedBytes = 1 << 20
    private static let blockBytes: Int64 = 65_536

    /// The last complete line, without its newline; nil in a file without one.
    let last: [UInt8]?
    /// The bytes up to and with the last newline.
    let completeBytes: Int64
    /// What follows.
    let tornBytes: Int64
    /// SHA-256 of (the first MiB of) that.
    let tornDigest: String

    init(_ path: String) throws(SystemError) {
        let file = try Files.open(path)
        let size = try file.status().size
        let end = try Self.newline(in: file, before: size).map { $0 + 1 } ?? 0
        let start = end == 0 ? 0 : try Self.newline(in: file, before: end - 1).map { $0 + 1 } ?? 0
        let length = end - start
        if end == 0 {
            last = nil
        } else if length - 1 > Int64(AuditLine.maxBytes) {
            // No line of ours: whoever reads it finds that out.
            last = []
        } else {
            last = try Self.bytes(of: file, from: start, count: Int(length - 1))
        }
        completeBytes = end
        tornBytes = size - end
        let torn = try Self.bytes(
            of: file, from: end, count: Int(min(size - end, Int64(Self.digestedBytes))))
        tornDigest = SHA256.hex(torn)
    }

    /// Where the last newline before an offset is.
    private static func newline(
        in file: borrowing Descriptor, before limit: Int64
    ) throws(SystemError) -> Int64? {
        var end = limit
        while end > 0 {
            let start = max(0, end - blockBytes)
            let block = try bytes(of: file, from: start, count: Int(end - start))
            if let place = block.lastIndex(of: UInt8(ascii: "\n")) { return start + Int64(place) }
            end = start
        }
        return nil
    }

    private static func bytes(
        of file: borrowing Descriptor, from start: Int64, count: Int
    ) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let part = try file.read(
                at: start + Int64(bytes.count), limit: min(count - bytes.count, 65_536))
            if part.isEmpty { break }
            bytes += part
        }
        return bytes
    }
}
