// A file of ours without a name, holding what a run made.

package import Kernel

/// Bytes on disk that nobody can find or change but through here; gone with the last reference.
package final class KeptFile: Sendable {
    /// Its path beneath the run's working directory, in printable characters.
    package let name: String
    package let mime: String
    package let bytes: Int64
    private let file: Descriptor

    init(name: String, mime: String, bytes: Int64, file: consuming Descriptor) {
        self.name = name
        self.mime = mime
        self.bytes = bytes
        self.file = file
    }

    /// The bytes of a range that lies within the file.
    package func read(_ range: Range<Int64>) throws(SystemError) -> [UInt8] {
        var read: [UInt8] = []
        read.reserveCapacity(range.count)
        while read.count < range.count {
            let part = try file.read(
                at: range.lowerBound + Int64(read.count), limit: range.count - read.count)
            if part.isEmpty { break }
            read += part
        }
        return read
    }
}
