// The workspace as the supervisor sees it: the one directory of the user's that calls may see.
//
// INVARIANT: nothing outside is ever opened, whatever the caller writes and whatever a program in
// the workspace does to it meanwhile: all ways start at one descriptor and are walked by openat2
// (Kernel/Directory.swift). Nothing but regular files is read or replaced.
//
// - Links. A symbolic link is refused wherever it stands and wherever it leads. A file with
//   several names (hard links) is refused, for reading too: its other names may be outside, where
//   somebody else's rules hold, and nobody can ask the kernel where they are.
// - Mounts. What is mounted inside belongs to the workspace: only an administrator can have
//   mounted it there, such as a data set bound into a project. A run's own mounts are in a
//   namespace of its own and are not seen from here.
// - The root is opened once. Who moves the directory away moves the workspace.

internal import Kernel

package final class Workspace: Sendable {
    /// The most bytes that are read or written at once: 16 MiB.
    package static let mostBytes = 16 << 20

    /// Absolute, without symbolic links.
    package let path: String
    let root: Directory
    /// Callers may begin an absolute path with either: the path itself, and as it was given.
    private let spellings: [[UInt8]]

    /// Opens a directory as the workspace, following links to it.
    ///
    /// - Parameter path: absolute, or relative to the current directory.
    /// - Throws: a refusal for what is no directory, for the root of all, for a path that is no
    ///   UTF-8, and on a kernel that lacks openat2 (before Linux 5.6).
    package init(_ path: String) throws(WorkspaceRefusal) {
        let quoted = PrintableText.quoted(path)
        guard !path.utf8.contains(0) else {
            throw WorkspaceRefusal(.invalidPath, "A path has no NUL character in it: \(quoted).")
        }
        let root = try Self.open(path, quoted)
        let bytes = try Self.asking(quoted) { () throws(SystemError) in try root.path() }
        guard let canonical = String(validating: bytes, as: UTF8.self) else {
            throw WorkspaceRefusal(
                .unsupported,
                "\(quoted) can't be the workspace: its path, \"\(PrintableText.of(bytes))\", "
                    + "is no UTF-8.")
        }
        guard canonical != "/" else {
            throw WorkspaceRefusal(
                .unsupported, "The root directory can't be the workspace: nothing is outside of it."
            )
        }
        self.path = canonical
        self.root = root
        var given = path.utf8[...]
        while given.count > 1, given.last == UInt8(ascii: "/") { given.removeLast() }
        spellings = [bytes] + (given.first == UInt8(ascii: "/") ? [Array(given)] : [])
    }

    private static func open(
        _ path: String, _ quoted: String
    ) throws(WorkspaceRefusal) -> Directory {
        do throws(SystemError) {
            let root = try Directory(path, acrossMounts: true)
            // Asks the kernel for openat2, now rather than at the first call.
            return try root.directory(at: EntryPath())
        } catch {
            throw WorkspaceRefusal(
                .init(error.code), "\(quoted) can't be the workspace: \(error.reason).")
        }
    }

    func resolve(
        _ path: String, _ meaning: WorkspacePath.Meaning
    ) throws(WorkspaceRefusal) -> WorkspacePath {
        try WorkspacePath(path, meaning: meaning, workspace: self.path, spellings: spellings)
    }

    func absolute(_ names: EntryPath) -> String {
        names.names.isEmpty ? path : "\(path)/\(String(decoding: names.bytes, as: UTF8.self))"
    }

    /// Makes a failed call on a place a refusal.
    func asking<Value: ~Copyable>(
        _ place: WorkspacePath, _ call: () throws(SystemError) -> Value
    ) throws(WorkspaceRefusal) -> Value {
        try Self.asking(place.quoted, call)
    }

    private static func asking<Value: ~Copyable>(
        _ quoted: String, _ call: () throws(SystemError) -> Value
    ) throws(WorkspaceRefusal) -> Value {
        do throws(SystemError) { return try call() } catch {
            throw WorkspaceRefusal(error, quoted)
        }
    }

    /// The one check of what may be read or replaced.
    func requireFile(_ status: FileStatus, _ quoted: String) throws(WorkspaceRefusal) {
        let kind =
            switch status.kind {
            case .regular: ""
            case .symbolicLink: throw WorkspaceRefusal.link(quoted)
            case .directory: "a directory"
            case .fifo: "a named pipe"
            case .socket: "a socket"
            case .characterDevice, .blockDevice: "a device"
            case .unknown: "of a kind unknown"
            }
        guard status.isRegular else {
            throw WorkspaceRefusal(.wrongKind, "\(quoted) is \(kind), no file with content.")
        }
        guard status.links <= 1 else {
            throw WorkspaceRefusal(
                .outsideWorkspace,
                "\(quoted) has \(status.links) names (hard links), some of which may be outside "
                    + "of the workspace. Files with one name are taken only: make a copy of it.")
        }
    }
}
