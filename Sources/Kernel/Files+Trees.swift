// Whole directories: moved, swapped and removed.

internal import CKernel

extension Files {
    /// Directories below directories that `removeTree` follows; a deeper tree is refused (ELOOP).
    private static let mostLevels = 64

    package static func move(_ from: String, to: String) throws(SystemError) {
        // SAFETY: both paths are read until their NUL.
        try check(unsafe sbx_rename(from, to), "rename", to)
    }

    /// Swaps what two existing names stand for; nobody ever finds either name missing.
    package static func exchange(_ first: String, with second: String) throws(SystemError) {
        // SAFETY: as above.
        try check(unsafe sbx_exchange(first, second), "renameat2", second)
    }

    /// Removes a directory and everything in it. Symbolic links are removed, never followed.
    package static func removeTree(_ path: String) throws(SystemError) {
        try removeTree(path, levels: mostLevels)
    }

    private static func removeTree(_ path: String, levels: Int) throws(SystemError) {
        if levels == 0 { throw SystemError("rmdir", path, code: 40) }
        for name in try names(in: path) {
            let entry = "\(path)/\(name)"
            if linkTarget(entry) == nil, isDirectory(entry) {
                try removeTree(entry, levels: levels - 1)
            } else {
                try remove(entry)
            }
        }
        try removeDirectory(path)
    }
}
