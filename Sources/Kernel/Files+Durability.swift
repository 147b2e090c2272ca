// What survives: forcing files and directories to the device.

internal import CKernel

extension Descriptor {
    /// Waits until what was written is on the device: it survives the loss of power from then on.
    package func syncData() throws(SystemError) {
        try check(sbx_sync_data(raw), "fdatasync")
    }

    /// Waits until a file's content and attributes, or a directory's entries, are on the device.
    package func sync() throws(SystemError) {
        try check(sbx_sync(raw), "fsync")
    }

    /// Cuts the file off (or fills it up with zeros) at `size` bytes.
    package func truncate(to size: Int64) throws(SystemError) {
        try check(sbx_truncate(raw, size), "ftruncate")
    }

    package func status() throws(SystemError) -> FileStatus {
        var found = sbx_status()
        // SAFETY: the shim fills it in.
        try check(unsafe sbx_status(raw, &found), "fstat")
        return FileStatus(found)
    }
}

extension Files {
    /// Makes an empty file unless there is one. Never opens it: closing a second descriptor would
    /// drop the locks that this process holds on the file (POSIX locks belong to the process).
    package static func makeEmpty(_ path: String, mode: UInt32 = 0o600) throws(SystemError) {
        // SAFETY: the path is read until its NUL.
        let result = unsafe sbx_make_empty(path, mode)
        if result != -ErrorCode.exists { try check(result, "mknod", path) }
    }

    /// Waits until the names in a directory are on the device.
    package static func syncDirectory(_ path: String) throws(SystemError) {
        let directory = try open(path)
        try directory.sync()
    }
}
