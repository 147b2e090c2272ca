// What lies beneath a directory of the workspace, as values.

/// The files beneath a directory.
package struct WorkspaceListing: Hashable, Sendable {
    package struct File: Hashable, Sendable {
        /// Relative to the listed directory, in bytes.
        package let path: [UInt8]
        /// In bytes.
        package let size: Int64
        /// In nanoseconds since 1970.
        package let modifiedNanoseconds: Int64

        /// `path` as text on one line (see `PrintableText`); the exact path wherever that is
        /// printable and has no backslash.
        package var printable: String { PrintableText.of(path) }
    }

    /// Absolute.
    package let directory: String
    /// Sorted by the bytes of their paths.
    package internal(set) var files: [File] = []
    /// A limit ended it: there may be more.
    package internal(set) var isCut = false
    /// Directories and files that could not be looked at, for whatever reason.
    package internal(set) var unreadable = 0
}

/// How far a listing goes. When a limit is met, what is nearest to the listed directory has been
/// found.
package struct ListingLimits: Hashable, Sendable {
    package var files = 10_000
    /// Levels of directories below the listed one.
    package var depth = 32
    /// Entries looked at, of whatever name.
    package var entries = 100_000
    /// Of all paths together, in bytes: 8 MiB.
    package var pathBytes = 8 << 20
    package var milliseconds: Int64 = 5_000

    package init() {}
}
