// Files and directories by path, for our own configuration and state.

internal import CKernel

package enum Files {
    package enum Access {
        case read, writeNew, append, path
        /// Appends to a file that must not have been there.
        case appendNew
        /// Reads and writes a file that must be there, and be no symbolic link.
        case update
    }

    package static func open(
        _ path: String, _ access: Access = .read, mode: UInt32 = 0o600
    ) throws(SystemError) -> Descriptor {
        let flags: CInt =
            switch access {
            case .read: 0
            case .writeNew: 0o1 | 0o100 | 0o1000  // O_WRONLY, O_CREAT, O_TRUNC
            case .append: 0o1 | 0o100 | 0o2000  // O_WRONLY, O_CREAT, O_APPEND
            case .path: 0o10000000  // O_PATH
            case .appendNew: 0o1 | 0o100 | 0o200 | 0o2000  // O_WRONLY, O_CREAT, O_EXCL, O_APPEND
            case .update: 0o2 | 0o400000  // O_RDWR, O_NOFOLLOW
            }
        // SAFETY: the path is read until its NUL.
        return Descriptor(
            adopting: try check(unsafe sbx_open(path, flags, mode), "open", path))
    }

    package static func open(
        _ path: String, beneath directory: borrowing Descriptor, writing: Bool = false
    ) throws(SystemError) -> Descriptor {
        // SAFETY: the path is read until its NUL.
        let raw = unsafe sbx_openat(directory.raw, path, writing ? 1 : 0, 0)
        return Descriptor(adopting: try check(raw, "open", path))
    }

    /// A second name for a descriptor that somebody else owns, such as standard input.
    package static func duplicate(_ raw: CInt) throws(SystemError) -> Descriptor {
        Descriptor(adopting: try check(sbx_duplicate(raw), "dup"))
    }

    /// The whole file, refused when it is longer than `limit` bytes (EFBIG).
    package static func contents(of path: String, limit: Int) throws(SystemError) -> [UInt8] {
        try contents(of: try open(path), called: path, limit: limit)
    }

    /// All of the standard input, bounded alike. Opening it by a path would ask for a permission
    /// that whoever was given the descriptor need not have.
    package static func input(limit: Int) throws(SystemError) -> [UInt8] {
        try contents(of: try duplicate(0), called: "standard input", limit: limit)
    }

    private static func contents(
        of file: consuming Descriptor, called path: String, limit: Int
    ) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let part = try file.read(limit: min(65_536, limit + 1 - bytes.count))
            if part.isEmpty { return bytes }
            bytes += part
            if bytes.count > limit { throw SystemError("read", path, code: 27) }
        }
    }

    /// Writes a file whole or not at all: a new file beside it, then a rename.
    package static func replace(
        _ path: String, with bytes: [UInt8], mode: UInt32 = 0o600
    ) throws(SystemError) {
        let fresh = "\(path).\(Processes.ownPid).new"
        let file = try open(fresh, .writeNew, mode: mode)
        do throws(SystemError) {
            try file.write(bytes)
            // SAFETY: both paths are read until their NUL.
            try check(unsafe sbx_rename(fresh, path), "rename", path)
        } catch {
            // SAFETY: as above. What matters is why it failed, not whether this did.
            _ = unsafe sbx_unlink(fresh)
            throw error
        }
    }

    package static func isDirectory(_ path: String) -> Bool {
        // SAFETY: the path is read until its NUL.
        unsafe sbx_is_directory(path) == 1
    }

    /// The absolute path that this one leads to, without links and dots.
    package static func canonicalPath(of path: String) throws(SystemError) -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        // SAFETY: the path is read until its NUL; the shim writes at most `count` bytes.
        try check(unsafe sbx_canonical_path(path, &buffer, buffer.count), "realpath", path)
        return text(of: buffer)
    }

    package static func owner(of path: String) throws(SystemError) -> Owner {
        var user: UInt32 = 0
        var group: UInt32 = 0
        // SAFETY: the path is read until its NUL; the shim fills both numbers in.
        try check(unsafe sbx_owner(path, &user, &group), "stat", path)
        return Owner(user: user, group: group)
    }

    package static func exists(_ path: String) -> Bool {
        // SAFETY: as above.
        unsafe sbx_access(path, 0) == 0
    }

    package static func isExecutable(_ path: String) -> Bool {
        // SAFETY: as above.
        unsafe sbx_access(path, 1) == 0 && !isDirectory(path)
    }

    package static func makeDirectory(
        _ path: String, mode: UInt32 = 0o755
    ) throws(SystemError) {
        // SAFETY: as above.
        let result = unsafe sbx_mkdir(path, mode)
        if result == -ErrorCode.exists, isDirectory(path) { return }
        try check(result, "mkdir", path)
    }

    /// Makes the directory and whatever is missing above it.
    package static func makeDirectories(
        _ path: String, mode: UInt32 = 0o700
    ) throws(SystemError) {
        if isDirectory(path) { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try makeDirectories(String(path[..<slash]), mode: mode)
        }
        try makeDirectory(path, mode: mode)
    }

    package static func removeDirectory(_ path: String) throws(SystemError) {
        // SAFETY: as above.
        try check(unsafe sbx_rmdir(path), "rmdir", path)
    }

    package static func removeDirectory(
        _ path: String, beneath directory: borrowing Descriptor
    ) throws(SystemError) {
        // SAFETY: as above.
        try check(unsafe sbx_rmdir_at(directory.raw, path), "unlinkat", path)
    }

    package static func remove(_ path: String) throws(SystemError) {
        // SAFETY: as above.
        try check(unsafe sbx_unlink(path), "unlink", path)
    }

    package static func makeLink(_ target: String, at path: String) throws(SystemError) {
        // SAFETY: as above.
        try check(unsafe sbx_symlink(target, path), "symlink", path)
    }

    /// An empty read-only file: a place to bind something onto.
    package static func makePlace(_ path: String) throws(SystemError) {
        // SAFETY: as above.
        try check(unsafe sbx_make_file(path), "open", path)
    }

    /// Where a symbolic link points, nil when it is none.
    package static func linkTarget(_ path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: 4096)
        // SAFETY: the shim writes at most `count` bytes.
        let length = unsafe sbx_readlink(path, &buffer, buffer.count - 1)
        return length < 0 ? nil : text(of: buffer)
    }

    /// Names in a directory, in no order. At most 1 MiB of them.
    package static func names(in path: String) throws(SystemError) -> [String] {
        var room = 16_384
        while true {
            var buffer = [CChar](repeating: 0, count: room)
            // SAFETY: the shim writes at most `count` bytes, each name ended by a NUL.
            let used = unsafe sbx_list_directory(path, &buffer, buffer.count)
            if used == -Int64(ErrorCode.noRoom), room < 1 << 20 {
                room *= 8
                continue
            }
            try check(used, "opendir", path)
            return buffer[..<Int(used)].split(separator: 0).map { text(of: Array($0)) }
        }
    }

    package static func changeDirectory(_ path: String) throws(SystemError) {
        // SAFETY: as above.
        try check(unsafe sbx_chdir(path), "chdir", path)
    }

    /// A sealed, anonymous file with this content.
    package static func memory(
        named name: String, holding bytes: [UInt8]
    ) throws(SystemError) -> Descriptor {
        // SAFETY: the bytes are only read, for their own count.
        Descriptor(
            adopting: try check(
                unsafe sbx_memory_file(name, bytes, bytes.count), "memfd_create"))
    }
}

package enum Environment {
    /// Takes a variable out, for processes with one thread.
    package static func remove(_ name: String) throws(SystemError) {
        // SAFETY: the name is read until its NUL; nobody else reads the environment meanwhile.
        try check(unsafe sbx_unset_variable(name), "unsetenv", name)
    }

    /// A variable of this process's environment.
    package static func variable(_ name: String) -> String? {
        // SAFETY: nothing in this program changes the environment after start.
        guard let value = unsafe sbx_environment(name) else { return nil }
        return unsafe String(cString: value)
    }
}
