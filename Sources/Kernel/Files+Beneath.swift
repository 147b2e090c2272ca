// Files beneath a directory that somebody hostile fills, and files of ours that have no name.
//
// INVARIANT: nothing outside the directory is reached, no link is followed, no open waits.

internal import CKernel

/// One entry of a directory. The name is whatever bytes its maker chose, without `/` and NUL.
package struct DirectoryEntry: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case file, directory, other
        /// The file system does not say: open it and ask.
        case unknown
    }

    package let name: [UInt8]
    package let kind: Kind

    /// As getdents(2) has it: a type, then the name.
    init?(_ bytes: ArraySlice<CChar>) {
        guard let type = bytes.first, bytes.count > 1 else { return nil }
        name = bytes.dropFirst().map(UInt8.init(bitPattern:))
        kind =
            switch type {
            case 8: .file
            case 4: .directory
            case 0: .unknown
            default: .other
            }
    }
}

extension Files {
    /// Opens a file or directory for reading by its path beneath another. What is no such thing, or
    /// lies behind a link, is an error; a pipe opens without a writer.
    package static func openUntrusted(
        _ path: [UInt8], beneath directory: borrowing Descriptor, asDirectory: Bool = false
    ) throws(SystemError) -> Descriptor {
        precondition(!path.contains(0), "a path ends at its NUL")
        let name = path.map(CChar.init(bitPattern:)) + [0]
        // SAFETY: the path is read until its NUL.
        let raw = unsafe sbx_open_beneath(directory.raw, name, asDirectory ? 1 : 0)
        return Descriptor(adopting: try check(raw, "openat2"))
    }

    /// What is known of the entry `name` of a directory; of a link, the link itself.
    package static func status(
        of name: String, beneath directory: borrowing Descriptor
    ) throws(SystemError) -> FileStatus {
        var found = sbx_status()
        // SAFETY: the name is read until its NUL, the status is filled in.
        try check(unsafe sbx_status_beneath(directory.raw, name, &found), "fstatat", name)
        return FileStatus(found)
    }

    /// A file without a name, for reading and writing, on the file system of `directory`: whatever
    /// becomes of this process, nothing of it stays.
    package static func temporary(in directory: String) throws(SystemError) -> Descriptor {
        // SAFETY: the path is read until its NUL.
        Descriptor(
            adopting: try check(unsafe sbx_temporary_file(directory), "open", directory))
    }
}

extension Descriptor {
    private static let entryBytes = 8192

    /// The next entries of this open directory, in no order, without `.` and `..`; nil: no more.
    package func nextEntries() throws(SystemError) -> [DirectoryEntry]? {
        var buffer = [CChar](repeating: 0, count: Self.entryBytes)
        // SAFETY: the shim writes at most `count` bytes, each entry ended by a NUL.
        let used = try check(unsafe sbx_next_entries(raw, &buffer, buffer.count), "getdents64")
        if used == 0 { return nil }
        var entries: [DirectoryEntry] = []
        var start = 0
        for at in 0..<Int(used) where buffer[at] == 0 && at > start {
            if let entry = DirectoryEntry(buffer[start..<at]), !entry.isNavigation {
                entries.append(entry)
            }
            start = at + 1
        }
        return entries
    }
}

extension DirectoryEntry {
    fileprivate var isNavigation: Bool { name == [0x2E] || name == [0x2E, 0x2E] }
}
