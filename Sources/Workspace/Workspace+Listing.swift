// Listing what lies beneath a directory, within limits, level by level.

internal import Kernel

extension Workspace {
    /// The regular files beneath a directory whose names end in `suffix`.
    ///
    /// Symbolic links are neither followed nor listed.
    ///
    /// - Parameter path: relative to the workspace (empty or `.`: the workspace itself), or
    ///   absolute and inside.
    package func list(
        _ path: String, suffix: String = ".py", limits: ListingLimits = ListingLimits()
    ) throws(WorkspaceRefusal) -> WorkspaceListing {
        let place = try resolve(path, .directory)
        let top = try asking(place) { () throws(SystemError) in
            try root.look(at: place.names).status()
        }
        if top.kind == .symbolicLink { throw WorkspaceRefusal.link(place.quoted) }
        guard top.kind == .directory else {
            throw WorkspaceRefusal(.wrongKind, "\(place.quoted) is no directory.")
        }
        var walk = Walk(
            WorkspaceListing(directory: absolute(place.names)), suffix: Array(suffix.utf8), limits)
        try asking(place) { () throws(SystemError) in
            let directory = try root.directory(at: place.names)
            try walk.look(into: directory, EntryPath())
            walk.finish(beneath: directory)
        }
        return walk.listing
    }
}

/// A walk from directory to directory, the nearest first.
private struct Walk {
    private(set) var listing: WorkspaceListing
    private let suffix: [UInt8]
    private let limits: ListingLimits
    private let deadline: Moment
    private var entriesLeft: Int
    private var pathBytesLeft: Int
    /// Directories yet to be looked into; the next one is at `position`.
    private var waiting: [EntryPath] = []
    private var position = 0

    init(_ listing: WorkspaceListing, suffix: [UInt8], _ limits: ListingLimits) {
        self.listing = listing
        self.suffix = suffix
        self.limits = limits
        deadline = .now.advanced(byMilliseconds: limits.milliseconds)
        entriesLeft = limits.entries
        pathBytesLeft = limits.pathBytes
    }

    /// Looks into all that waits, and sorts what was found.
    mutating func finish(beneath top: borrowing Directory) {
        while position < waiting.count, mayGoOn() {
            let path = waiting[position]
            position += 1
            do throws(SystemError) {
                try look(into: top.directory(at: path), path)
            } catch {
                note(error)
            }
        }
        listing.files.sort { $0.path.lexicographicallyPrecedes($1.path) }
    }

    /// Lists one directory and has those in it wait.
    mutating func look(
        into directory: borrowing Directory, _ path: EntryPath
    ) throws(SystemError) {
        let found = try directory.entries(limit: entriesLeft)
        entriesLeft -= found.all.count
        if found.isCut { listing.isCut = true }
        // Sorted, so that a limit met in here leaves out the same ones each time.
        for entry in found.all.sorted(by: { $0.name < $1.name }) {
            guard isInTime() else { return }
            do throws(SystemError) {
                try take(entry, in: directory, path / entry.name)
            } catch {
                note(error)
            }
        }
    }

    private mutating func take(
        _ entry: DirectoryEntry, in directory: borrowing Directory, _ path: EntryPath
    ) throws(SystemError) {
        let kind =
            entry.kind == .unknown ? try directory.status(of: entry.name).kind : entry.kind
        switch kind {
        case .directory:
            if path.names.count <= limits.depth, hasRoom(for: path) {
                waiting.append(path)
            } else {
                listing.isCut = true
            }
        case .regular where entry.name.bytes.suffix(suffix.count).elementsEqual(suffix):
            let status = try directory.status(of: entry.name)
            guard status.isRegular else { return }
            guard listing.files.count < limits.files, hasRoom(for: path) else {
                listing.isCut = true
                return
            }
            listing.files.append(
                WorkspaceListing.File(
                    path: path.bytes, size: status.size,
                    modifiedNanoseconds: status.modifiedNanoseconds))
        default: return
        }
    }

    /// What is gone meanwhile is not there; everything else is counted.
    private mutating func note(_ error: SystemError) {
        if error.code != ErrorCode.noSuchFile { listing.unreadable += 1 }
    }

    private mutating func hasRoom(for path: EntryPath) -> Bool {
        pathBytesLeft -= path.bytes.count
        return pathBytesLeft >= 0
    }

    private mutating func mayGoOn() -> Bool {
        if entriesLeft == 0 { listing.isCut = true }
        return entriesLeft > 0 && isInTime()
    }

    private mutating func isInTime() -> Bool {
        if Moment.now < deadline { return true }
        listing.isCut = true
        return false
    }
}
