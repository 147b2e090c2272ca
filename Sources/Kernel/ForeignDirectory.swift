// Directories whose contents others write: a workspace, somebody's collection of Pythons.
//
// INVARIANT: one step is one name; no symbolic link is followed, whatever changes meanwhile, so
// what is opened lies beneath the directory that was opened first.
// INVARIANT: a pipe or a device is never opened: opening alone can wait, or act.

internal import CKernel

/// A directory that is looked at and never written to.
package struct ForeignDirectory: ~Copyable, Sendable {
    private let descriptor: Descriptor

    /// What a name stands for, itself and not what it links to.
    package enum Kind: Hashable, Sendable { case directory, file, link, other }

    /// Bytes of names that `names` reads at most: 200,000 of the usual length.
    package static let maximumNameBytes = 8 << 20

    // As open(2) takes them on x86-64.
    private static let directoryOnly: CInt = 0o200000
    private static let noLink: CInt = 0o400000
    private static let pathOnly: CInt = 0o10000000

    /// By a path that the operator chose: links in it are followed.
    package init(_ path: String) throws(SystemError) {
        // SAFETY: the path is read until its NUL.
        let raw = unsafe sbx_open(path, Self.pathOnly | Self.directoryOnly, 0)
        descriptor = Descriptor(adopting: try check(raw, "open", path))
    }

    private init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

    /// Its absolute path without links; nil: it was removed, or there is no /proc.
    package var canonicalPath: String? {
        guard let path = Files.linkTarget("/proc/self/fd/\(descriptor.raw)"), path.hasPrefix("/"),
            !path.hasSuffix(" (deleted)")
        else { return nil }
        return path
    }

    package func directory(_ name: String) throws(SystemError) -> ForeignDirectory {
        ForeignDirectory(try open(name, Self.pathOnly | Self.directoryOnly))
    }

    /// Goes down one name after the other.
    package func directory(at names: [String]) throws(SystemError) -> ForeignDirectory {
        var here = ForeignDirectory(try descriptor.duplicate())
        for name in names { here = try here.directory(name) }
        return here
    }

    /// Whether its names may be read.
    package var isReadable: Bool {
        // SAFETY: the name is read until its NUL.
        let raw = unsafe sbx_openat(descriptor.raw, ".", Self.directoryOnly, 0)
        if raw < 0 { return false }
        _ = Descriptor(adopting: raw)
        return true
    }

    /// Nil: there is no such name, or it can't be looked at.
    package func kind(of name: String) -> Kind? {
        do throws(SystemError) {
            return try Self.kind(of: open(name, Self.pathOnly))
        } catch { return nil }
    }

    /// The whole of a file, refused when it is longer than `limit` bytes (EFBIG) or anything but a
    /// regular file (EINVAL), such as a link to one.
    package func contents(of name: String, limit: Int) throws(SystemError) -> [UInt8] {
        let found = try open(name, Self.pathOnly)
        guard try Self.kind(of: found) == .file else {
            throw SystemError("read", name, code: ErrorCode.invalid)
        }
        // The very file that was judged, whatever the name stands for by now.
        let file = try Files.open("/proc/self/fd/\(found.raw)")
        var bytes: [UInt8] = []
        while true {
            let part = try file.read(limit: min(65_536, limit + 1 - bytes.count))
            if part.isEmpty { return bytes }
            bytes += part
            if bytes.count > limit { throw SystemError("read", name, code: ErrorCode.tooLarge) }
        }
    }

    /// The text of a symbolic link; nil when it is none.
    package func linkTarget(_ name: String) -> String? {
        guard Self.isOneStep(name) else { return nil }
        var buffer = [CChar](repeating: 0, count: 4096)
        // SAFETY: the shim reads the name until its NUL and writes at most `count` bytes.
        let length = unsafe sbx_readlink_at(descriptor.raw, name, &buffer, buffer.count - 1)
        return length < 0 ? nil : text(of: buffer)
    }

    /// All names in it, in no order; refused when they are too many (ENOBUFS).
    package func names() throws(SystemError) -> [String] {
        var room = 16_384
        while true {
            var buffer = [CChar](repeating: 0, count: room)
            // SAFETY: the shim writes at most `count` bytes, each name ended by a NUL.
            let used = unsafe sbx_list_directory_at(descriptor.raw, &buffer, buffer.count)
            if used == -Int64(ErrorCode.noRoom), room < Self.maximumNameBytes {
                room *= 8
                continue
            }
            try check(used, "readdir")
            return buffer[..<Int(used)].split(separator: 0).map { text(of: Array($0)) }
        }
    }

    private func open(_ name: String, _ flags: CInt) throws(SystemError) -> Descriptor {
        guard Self.isOneStep(name) else {
            throw SystemError("open", name, code: ErrorCode.invalid)
        }
        // SAFETY: the name is read until its NUL.
        let raw = unsafe sbx_openat(descriptor.raw, name, flags | Self.noLink, 0)
        return Descriptor(adopting: try check(raw, "open", name))
    }

    private static func isOneStep(_ name: String) -> Bool {
        !name.isEmpty && name != "." && name != ".."
            && !name.utf8.contains { $0 == 0x2F || $0 == 0 }
    }

    private static func kind(of file: borrowing Descriptor) throws(SystemError) -> Kind {
        var status = sbx_status()
        // SAFETY: the shim fills it in.
        try check(unsafe sbx_status(file.raw, &status), "fstat")
        return switch status.mode & 0o170000 {
        case 0o040000: .directory
        case 0o100000: .file
        case 0o120000: .link
        default: .other
        }
    }
}
