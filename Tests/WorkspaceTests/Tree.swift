// Everything about a directory that a refusal must leave as it was.

import Foundation

/// What is beneath a directory: names, kinds, modes, owners, contents.
struct Tree: Equatable {
    private(set) var entries: [String: String] = [:]

    init(_ path: String) throws { try add(path, "") }

    var names: [String] { entries.keys.sorted() }

    private mutating func add(_ path: String, _ relative: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: path) {
            let entry = "\(path)/\(name)"
            var found = stat()
            guard lstat(entry, &found) == 0 else { throw CocoaError(.fileReadUnknown) }
            var text = "\(found.st_mode) \(found.st_uid):\(found.st_gid) \(found.st_nlink)"
            switch found.st_mode & S_IFMT {
            case S_IFDIR:
                // Its links and size change with what it had in it for a moment.
                text = "\(found.st_mode) \(found.st_uid):\(found.st_gid)"
                try add(entry, "\(relative)\(name)/")
            case S_IFLNK:
                text += try FileManager.default.destinationOfSymbolicLink(atPath: entry)
            case S_IFREG where found.st_size < 1 << 25:
                text += " \(found.st_mtim.tv_sec).\(found.st_mtim.tv_nsec) "
                text += String(FileManager.default.contents(atPath: entry)?.hashValue ?? 0)
            default:
                text += " \(found.st_size)"
            }
            entries["\(relative)\(name)"] = text
        }
    }
}
