// A directory, and what can be done beneath it without ever leaving it.
//
// INVARIANT: ways of several names go through openat2 alone, which follows no symbolic link and no
// magic link of /proc and never goes up, whoever changes the tree meanwhile; all other calls
// take one name (`EntryName`), and none of them follows it. There is no second way for kernels
// without openat2 (before Linux 5.6): there, everything fails with ENOSYS.

internal import CKernel

package struct Directory: ~Copyable, Sendable {
    /// Open for looking only: of use as a place to start from.
    private let descriptor: Descriptor
    /// Whether what is mounted beneath counts as beneath.
    private let acrossMounts: Bool

    /// Follows symbolic links on the way to the directory: this is where a tree begins.
    package init(_ path: String, acrossMounts: Bool) throws(SystemError) {
        try self.init(adopting: Files.open(path, .path), acrossMounts: acrossMounts)
    }

    /// A directory that somebody opened, for looking or for reading.
    ///
    /// - Throws: `ENOTDIR` when it is none.
    package init(
        adopting descriptor: consuming Descriptor, acrossMounts: Bool
    ) throws(SystemError) {
        guard try descriptor.status().kind == .directory else {
            throw SystemError("fstat", code: ErrorCode.notDirectory)
        }
        self.descriptor = descriptor
        self.acrossMounts = acrossMounts
    }

    package func status() throws(SystemError) -> FileStatus { try descriptor.status() }

    /// Its absolute path without symbolic links, in bytes, as of now.
    package func path() throws(SystemError) -> [UInt8] {
        var buffer = [CChar](repeating: 0, count: 4096)
        // SAFETY: the shim writes at most `count` bytes.
        let length = try check(
            unsafe sbx_path_of(descriptor.raw, &buffer, buffer.count), "readlink", "/proc")
        return buffer.prefix(Int(length)).map(UInt8.init(bitPattern:))
    }

    // MARK: Opening

    /// Opens whatever the path names, a symbolic link too, to ask for its status and, if that
    /// pleases, to `reopen` it. By itself this waits for nothing and sets nothing off, which the
    /// opening of a pipe or a device would.
    ///
    /// - Throws: `ELOOP` for a symbolic link on the way, `ENOENT`, `ENOTDIR`, `EACCES`, `EXDEV`.
    package func look(at path: EntryPath) throws(SystemError) -> Descriptor {
        try open(path, SBX_LOOK)
    }

    /// - Throws: as `look`, `ELOOP` for a symbolic link at the end as well.
    package func directory(at path: EntryPath) throws(SystemError) -> Directory {
        try Directory(adopting: open(path, SBX_ENTER), acrossMounts: acrossMounts)
    }

    /// A new file to write.
    ///
    /// - Throws: `EEXIST` when anything has that name.
    package func create(_ name: EntryName, mode: UInt32) throws(SystemError) -> Descriptor {
        try open(EntryPath([name]), SBX_CREATE, mode: mode)
    }

    /// A new file to write that has no name yet, and is gone with its descriptor unless it is
    /// given one (`link`).
    ///
    /// - Throws: `EOPNOTSUPP` on file systems that have no such files.
    package func draft(mode: UInt32) throws(SystemError) -> Descriptor {
        try open(EntryPath(), SBX_DRAFT, mode: mode)
    }

    private func open(
        _ path: EntryPath, _ purpose: sbx_purpose, mode: UInt32 = 0
    ) throws(SystemError) -> Descriptor {
        // SAFETY: the path is read until its NUL.
        let raw = unsafe sbx_open_beneath(
            descriptor.raw, path.terminated, purpose, mode, acrossMounts ? 1 : 0)
        return Descriptor(adopting: try check(raw, "openat2", path.text))
    }

    // MARK: Entries

    /// What a name in the directory stands for; a symbolic link is not followed.
    package func status(of name: EntryName) throws(SystemError) -> FileStatus {
        var found = sbx_status()
        // SAFETY: the name is read until its NUL; the shim fills the status in.
        let result = unsafe sbx_status_at(descriptor.raw, name.terminated, &found)
        try check(result, "fstatat", name.text)
        return FileStatus(found)
    }

    /// - Throws: `EEXIST` when anything has that name.
    package func makeDirectory(_ name: EntryName, mode: UInt32 = 0o755) throws(SystemError) {
        // SAFETY: the name is read until its NUL.
        let result = unsafe sbx_mkdir_at(descriptor.raw, name.terminated, mode)
        try check(result, "mkdirat", name.text)
    }

    /// Gives an open file one more name.
    ///
    /// - Throws: `EEXIST` when anything has that name.
    package func link(_ file: borrowing Descriptor, as name: EntryName) throws(SystemError) {
        // SAFETY: the name is read until its NUL.
        let result = unsafe sbx_link_at(file.raw, descriptor.raw, name.terminated)
        try check(result, "linkat", name.text)
    }

    /// Moves an entry to another name in one step.
    ///
    /// - Throws: `EEXIST` when anything has that name, unless `replacing`; `EINVAL` on file
    ///   systems that always replace.
    package func rename(
        _ name: EntryName, to target: EntryName, replacing: Bool
    ) throws(SystemError) {
        // SAFETY: both names are read until their NUL.
        let result = unsafe sbx_rename_at(
            descriptor.raw, name.terminated, target.terminated, replacing ? 1 : 0)
        try check(result, "renameat2", target.text)
    }

    /// Removes what is no directory; a symbolic link is removed, not followed.
    package func remove(_ name: EntryName) throws(SystemError) {
        // SAFETY: the name is read until its NUL.
        try check(unsafe sbx_unlink_at(descriptor.raw, name.terminated), "unlinkat", name.text)
    }

    /// - Throws: `ENOTEMPTY` when there is something in it.
    package func removeDirectory(_ name: EntryName) throws(SystemError) {
        // SAFETY: the name is read until its NUL.
        try check(unsafe sbx_rmdir_at(descriptor.raw, name.terminated), "unlinkat", name.text)
    }

    package func setOwner(_ owner: UInt32, group: UInt32) throws(SystemError) {
        try descriptor.setOwner(owner, group: group)
    }

    /// The entries, in no order; at most `limit` of them.
    package func entries(limit: Int) throws(SystemError) -> DirectoryEntries {
        let listed = try open(EntryPath(), SBX_LIST)
        var found = DirectoryEntries()
        var buffer = [CChar](repeating: 0, count: Int(SBX_ENTRY_ROOM))
        while !found.isCut {
            // SAFETY: the shim writes at most `count` bytes.
            let used = unsafe sbx_entries(listed.raw, &buffer, buffer.count)
            if try check(used, "getdents64") == 0 { break }
            found.add(buffer[..<Int(used)], limit: limit)
        }
        return found
    }
}

/// An entry of a directory.
package struct DirectoryEntry: Hashable, Sendable {
    package let name: EntryName
    package let kind: FileKind
}

/// What was read of a directory.
package struct DirectoryEntries: Hashable, Sendable {
    package private(set) var all: [DirectoryEntry] = []
    /// There are more than were asked for.
    package private(set) var isCut = false
    private var seen = 0

    /// Takes in what the shim wrote: a byte for the kind, the name and a NUL, again and again.
    fileprivate mutating func add(_ records: ArraySlice<CChar>, limit: Int) {
        var rest = records
        while let kind = rest.popFirst() {
            let name = rest.prefix { $0 != 0 }
            rest = rest.dropFirst(name.count + 1)
            guard seen < limit else {
                isCut = true
                return
            }
            seen += 1
            // A file system in user space can tell a name that begins with a NUL: nothing can be
            // asked for by it.
            guard let name = EntryName(name.lazy.map(UInt8.init(bitPattern:))) else { continue }
            let known = FileKind(rawValue: UInt8(bitPattern: kind)) ?? .unknown
            all.append(DirectoryEntry(name: name, kind: known))
        }
    }
}

extension Descriptor {
    /// Opens for reading what `look` found: that very file, whatever its name stands for by now.
    /// Does not wait for whoever holds a lease on it (`EAGAIN`).
    package func reopened() throws(SystemError) -> Descriptor {
        Descriptor(adopting: try check(sbx_reopen(raw), "open", "/proc"))
    }

    package func setOwner(_ owner: UInt32, group: UInt32) throws(SystemError) {
        try check(sbx_set_owner(raw, owner, group), "fchownat")
    }

    /// Sets the permission bits, up to 0o777.
    package func setMode(_ mode: UInt32) throws(SystemError) {
        try check(sbx_set_mode(raw, mode), "fchmod")
    }
}
