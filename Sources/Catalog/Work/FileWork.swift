// Work on files of the workspace.

/// What to do with a file. Paths as the caller gave them: relative to the workspace, or absolute
/// and inside of it.
package enum FileRequest: Hashable, Sendable {
    case read(String, maximumBytes: Int64)
    case write(String, [UInt8], overwrite: Bool)
    /// The Python files beneath a directory.
    case list(String)

    /// The largest file that is read or written, in bytes.
    package static let maximumBytes: Int64 = 16 << 20
}

package enum FileAnswer: Hashable, Sendable {
    case content(FileContent)
    case written(path: String, bytes: Int64, isNew: Bool)
    case listing(FileListing)
}

/// A file as it was read, all of it at one moment.
package struct FileContent: Hashable, Sendable {
    /// Absolute.
    package var path: String
    package var bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}

package struct FileListing: Hashable, Sendable {
    package struct File: Hashable, Sendable {
        /// Relative to the listed directory; bytes that are no UTF-8 are escaped.
        package var path: String
        package var bytes: Int64
        /// Seconds since 1970.
        package var modified: Int64

        package init(path: String, bytes: Int64, modified: Int64) {
            self.path = path
            self.bytes = bytes
            self.modified = modified
        }
    }

    /// Absolute.
    package var directory: String
    package var files: [File]
    /// There are more: so many were looked at.
    package var isCut: Bool

    package init(directory: String, files: [File], isCut: Bool) {
        self.directory = directory
        self.files = files
        self.isCut = isCut
    }
}
