// A run's scratch directory, as the supervisor reaches it: hostile down to the last name.

internal import Kernel

/// The scratch directory of one worker, through a descriptor that its zygote passed out.
///
/// INVARIANT: what is opened lies beneath it, on its file system, behind no link, and is opened
/// without waiting. Whoever reads bounds what is read.
final class Scratch: Sendable {
    private let directory: Descriptor

    /// Names in it, as the worker and its prelude know them.
    private static let home = "home"
    private static let previews = "shown"

    init(_ directory: consuming Descriptor) { self.directory = directory }

    /// Whether the working directory holds anything. One look: a tmpfs directory has a size only
    /// when it has entries.
    var mayHoldFiles: Bool {
        do throws(SystemError) {
            let status = try Files.status(of: Self.home, beneath: directory)
            return status.isDirectory && status.size > 0
        } catch { return false }
    }

    /// The path of an entry below the working directory.
    private static func path(_ components: [[UInt8]]) -> [UInt8] {
        Array(home.utf8) + components.flatMap { [UInt8(ascii: "/")] + $0 }
    }

    func openFile(_ components: [[UInt8]]) throws(SystemError) -> Descriptor {
        try Files.openUntrusted(Self.path(components), beneath: directory)
    }

    /// At most `limit` entries of a directory, by their names, and whether there are more.
    func entries(
        _ components: [[UInt8]], limit: Int
    ) throws(SystemError) -> (entries: [DirectoryEntry], areMore: Bool) {
        let opened = try Files.openUntrusted(
            Self.path(components), beneath: directory, asDirectory: true)
        var found: [DirectoryEntry] = []
        while found.count <= limit, let more = try opened.nextEntries() { found += more }
        let areMore = found.count > limit
        let sorted = found.prefix(limit).sorted { $0.name.lexicographicallyPrecedes($1.name) }
        return (sorted, areMore)
    }

    /// The preview of that number: a picture of at most so many bytes. Nil: there is none such.
    func preview(_ number: Int, limit: Int) -> Remains.Preview? {
        do throws(SystemError) {
            let path = Array("\(Self.previews)/\(number)".utf8)
            let file = try Files.openUntrusted(path, beneath: directory)
            guard try file.status().isRegular else { return nil }
            var bytes: [UInt8] = []
            while bytes.count <= limit {
                let part = try file.read(limit: min(1 << 16, limit + 1 - bytes.count))
                if part.isEmpty { break }
                bytes += part
            }
            guard bytes.count <= limit, let mime = MediaType.picture(bytes) else { return nil }
            return Remains.Preview(mime: mime, bytes: bytes)
        } catch { return nil }
    }
}
