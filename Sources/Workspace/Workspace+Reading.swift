// Reading a file of the workspace, all of it at one moment.

internal import Kernel

/// A file as it was read.
package struct WorkspaceFile: Hashable, Sendable {
    /// Absolute.
    package let path: String
    package let bytes: [UInt8]
}

extension Workspace {
    /// How often a file that changes while it is read is read anew.
    private static let mostAttempts = 3

    /// The content of a regular file.
    ///
    /// A file that somebody writes to meanwhile is read again, and refused when it does not come to
    /// rest: size and time of the last change, which are compared, tell all but changes within the
    /// same tick of the file system's clock.
    ///
    /// - Parameters:
    ///   - path: relative to the workspace, or absolute and inside.
    ///   - maximumBytes: longer files are refused, sparse ones by what they seem; never more than
    ///     `mostBytes`.
    package func read(
        _ path: String, maximumBytes: Int64
    ) throws(WorkspaceRefusal) -> WorkspaceFile {
        precondition(maximumBytes >= 0, "a file has no fewer bytes than none")
        let place = try resolve(path, .file)
        let limit = Int(min(maximumBytes, Int64(Self.mostBytes)))
        let found = try find(place)
        for _ in 0..<Self.mostAttempts {
            switch try snapshot(of: found, limit: limit, place) {
            case .whole(let bytes):
                return WorkspaceFile(path: absolute(place.names), bytes: bytes)
            case .tooLarge(let size):
                throw WorkspaceRefusal(
                    .tooLarge,
                    "\(place.quoted) has \(size) bytes or more; at most \(limit) are read in "
                        + "this call.")
            case .changing: continue
            }
        }
        throw WorkspaceRefusal(
            .busy, "\(place.quoted) is being written to. Try again when that is over.")
    }

    /// The absolute path of a regular file that can be read, to run it by. What it names may have
    /// changed when it is used.
    package func locate(_ path: String) throws(WorkspaceRefusal) -> String {
        let place = try resolve(path, .file)
        let found = try find(place)
        _ = try asking(place) { () throws(SystemError) in try found.reopened() }
        return absolute(place.names)
    }

    /// The regular file at a place, open for looking only.
    private func find(_ place: WorkspacePath) throws(WorkspaceRefusal) -> Descriptor {
        let found = try asking(place) { () throws(SystemError) in try root.look(at: place.names) }
        let status = try asking(place) { () throws(SystemError) in try found.status() }
        try requireFile(status, place.quoted)
        return found
    }

    private enum Snapshot {
        case whole([UInt8])
        case tooLarge(Int64)
        case changing
    }

    private func snapshot(
        of found: borrowing Descriptor, limit: Int, _ place: WorkspacePath
    ) throws(WorkspaceRefusal) -> Snapshot {
        try asking(place) { () throws(SystemError) in
            let file = try found.reopened()
            let before = try file.status()
            if before.size > limit { return .tooLarge(before.size) }
            var bytes: [UInt8] = []
            while true {
                // One byte beyond what is there, or may be there, shows the end or the excess.
                let wanted = max(Int(before.size) - bytes.count, 65_535)
                let part = try file.read(limit: min(wanted, limit - bytes.count) + 1)
                if part.isEmpty { break }
                bytes += part
                if bytes.count > limit { return .tooLarge(Int64(bytes.count)) }
            }
            let after = try file.status()
            let isSame =
                after.size == before.size
                && after.modifiedNanoseconds == before.modifiedNanoseconds
            return isSame ? .whole(bytes) : .changing
        }
    }
}
