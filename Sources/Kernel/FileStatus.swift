// What the kernel knows of a file.

internal import CKernel

/// What fstat(2) says of an open file.
package struct FileStatus: Hashable, Sendable {
    /// In bytes.
    package let size: Int64
    /// When the content last changed, in nanoseconds since 1970; stops at the ends of Int64.
    package let modifiedNanoseconds: Int64
    /// The user it belongs to.
    package let owner: UInt32
    package let group: UInt32
    package let kind: FileKind
    /// The permission bits, those for set-user-id, set-group-id and sticky included.
    package let permissions: UInt32
    /// Its names, everywhere on its file system.
    package let links: UInt64

    init(_ found: sbx_status) {
        size = found.size
        modifiedNanoseconds = found.modified_ns
        owner = found.uid
        group = found.gid
        kind = FileKind(rawValue: UInt8(truncatingIfNeeded: found.mode >> 12)) ?? .unknown
        permissions = found.mode & 0o7777
        links = found.links
    }

    package var isRegular: Bool { kind == .regular }

    /// Whether anybody but its owner (and root) may read or write it.
    package var isOpenToOthers: Bool { permissions & 0o077 != 0 }
}

/// What kind of thing a name stands for, by the numbers that directories and modes use.
package enum FileKind: UInt8, Hashable, Sendable {
    /// The file system tells only when asked about the file itself.
    case unknown = 0
    case fifo = 1
    case characterDevice = 2
    case directory = 4
    case blockDevice = 6
    case regular = 8
    case symbolicLink = 10
    case socket = 12
}
