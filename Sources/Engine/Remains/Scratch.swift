// A run's scratch directory, as the supervisor reaches it: hostile down to the last name.

internal import Kernel

/// The scratch directory of one worker, through a descriptor that its zygote passed out.
///
/// INVARIANT: what is opened lies beneath it, on its file system, behind no link, and is opened
/// without waiting. Whoever reads bounds what is read.
final class Scratch: Sendable {
    private let directory: Directory

    /// Names in it, as the worker and its prelude know them.
    private static let home = name("home")
    private static let previews = name("shown")

    private static func name(_ text: String) -> EntryName {
        guard let name = EntryName(text) else { preconditionFailure("'\(text)' is one name") }
        return name
    }

    /// Nil: what came is no directory.
    init?(_ directory: consuming Descriptor) {
        do throws(SystemError) {
            self.directory = try Directory(adopting: directory, acrossMounts: false)
        } catch { return nil }
    }

    /// Whether the working directory holds anything. One look: a tmpfs directory has a size only
    /// when it has entries.
    var mayHoldFiles: Bool {
        do throws(SystemError) {
            let status = try directory.status(of: Self.home)
            return status.kind == .directory && status.size > 0
        } catch { return false }
    }

    /// A file of the working directory, whatever it is, for asking; `reopened` reads it.
    func look(at path: EntryPath) throws(SystemError) -> Descriptor {
        try directory.look(at: EntryPath([Self.home] + path.names))
    }

    /// At most `limit` entries of a directory, by their names, and whether there are more.
    func entries(
        _ path: EntryPath, limit: Int
    ) throws(SystemError) -> (entries: [DirectoryEntry], areMore: Bool) {
        let found = try directory.directory(at: EntryPath([Self.home] + path.names))
            .entries(limit: limit)
        return (found.all.sorted { $0.name < $1.name }, found.isCut)
    }

    /// The preview of that number: a picture of at most so many bytes. Nil: there is none such.
    func preview(_ number: Int, limit: Int) -> Remains.Preview? {
        do throws(SystemError) {
            let found = try directory.look(at: EntryPath([Self.previews, Self.name("\(number)")]))
            guard try found.status().isRegular else { return nil }
            let file = try found.reopened()
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
