// Writing a file of the workspace: whole, or not at all.
//
// INVARIANT: a refusal leaves the tree as it was: no part of a file, no temporary name, no
// directory made on the way. The content is on the device before the file has its name; that the
// name is there too after a loss of power, the file system decides.

internal import Kernel

/// A file as it was written.
package struct WrittenFile: Hashable, Sendable {
    /// Absolute.
    package let path: String
    package let bytes: Int64
    /// There was nothing of that name before.
    package let isNew: Bool
}

extension Workspace {
    /// How often a file is looked at anew that comes and goes while it is to be replaced.
    private static let mostAttempts = 4

    /// Writes a file, and makes the directories that are missing above it.
    ///
    /// A file that is replaced hands its mode, owner and group on, not its set-user-id bits, access
    /// lists or extended attributes. What is new has mode 0644 (directories: 0755) less the umask,
    /// and when the server runs as root the owner and group of the directory it is made in.
    ///
    /// - Parameters:
    ///   - path: relative to the workspace, or absolute and inside.
    ///   - bytes: at most `mostBytes`.
    ///   - overwrite: replaces a regular file that may be written and has no other name.
    package func write(
        _ path: String, _ bytes: [UInt8], overwrite: Bool
    ) throws(WorkspaceRefusal) -> WrittenFile {
        let place = try resolve(path, .file)
        guard bytes.count <= Self.mostBytes else {
            throw WorkspaceRefusal(
                .tooLarge,
                "\(bytes.count) bytes for \(place.quoted) are too many; at most "
                    + "\(Self.mostBytes) are written in one call.")
        }
        var made: [EntryPath] = []
        do throws(WorkspaceRefusal) {
            let isNew = try write(bytes, to: place, overwrite: overwrite, making: &made)
            return WrittenFile(
                path: absolute(place.names), bytes: Int64(bytes.count), isNew: isNew)
        } catch {
            removeDirectories(made)
            throw error
        }
    }

    /// Whether there was nothing of that name before.
    private func write(
        _ bytes: [UInt8], to place: WorkspacePath, overwrite: Bool, making made: inout [EntryPath]
    ) throws(WorkspaceRefusal) -> Bool {
        guard let name = place.names.names.last, let above = place.names.parent else {
            preconditionFailure("the path of a file has a name")
        }
        let parent = try asking(place) { () throws(SystemError) in
            try enter(above, making: &made)
        }
        for _ in 0..<Self.mostAttempts {
            let old = try asking(place) { () throws(SystemError) in
                try existing(name, in: parent)
            }
            if let old { try requireReplaceable(old, place, overwrite: overwrite) }
            let isDone = try asking(place) { () throws(SystemError) in
                try put(bytes, in: parent, as: name, replacing: old)
            }
            if isDone { return old == nil }
        }
        throw WorkspaceRefusal(
            .busy, "\(place.quoted) comes and goes while it is to be written. Try again.")
    }

    private func requireReplaceable(
        _ old: FileStatus, _ place: WorkspacePath, overwrite: Bool
    ) throws(WorkspaceRefusal) {
        if old.isRegular, !overwrite {
            throw WorkspaceRefusal(
                .exists,
                "\(place.quoted) is there already. Ask for it to be overwritten, or choose "
                    + "another name.")
        }
        try requireFile(old, place.quoted)
        // A rename would not ask for this permission.
        guard old.permissions & 0o200 != 0 else {
            throw WorkspaceRefusal(
                .notPermitted, "\(place.quoted) is read-only by its owner's permissions.")
        }
        let user = Processes.userIdentifier
        guard user == 0 || old.owner == user else {
            throw WorkspaceRefusal(
                .notPermitted,
                "\(place.quoted) belongs to another user, and a file in its place would not.")
        }
    }

    // MARK: Files

    private func existing(
        _ name: EntryName, in parent: borrowing Directory
    ) throws(SystemError) -> FileStatus? {
        do throws(SystemError) { return try parent.status(of: name) } catch {
            if error.code == ErrorCode.noSuchFile { return nil }
            throw error
        }
    }

    /// Makes the file and gives it its name. False when something else has got the name meanwhile.
    private func put(
        _ bytes: [UInt8], in parent: borrowing Directory, as name: EntryName,
        replacing old: FileStatus?
    ) throws(SystemError) -> Bool {
        // What is replaced may have been a secret: nobody else reads the draft of its successor.
        var draft = try Draft(in: parent, mode: old == nil ? 0o644 : 0o600)
        do throws(SystemError) {
            try draft.file.write(bytes)
            if let old {
                try draft.file.setOwner(like: old)
                try draft.file.setMode(old.permissions & 0o777)
            } else if Processes.userIdentifier == 0 {
                try draft.file.setOwner(like: parent.status())
            }
            try draft.file.sync()
            try draft.publish(as: name, in: parent, replacing: old != nil)
            return true
        } catch {
            draft.discard(in: parent)
            if old == nil, error.code == ErrorCode.exists { return false }
            throw error
        }
    }

    // MARK: Directories

    /// The directory at a path; those that are missing are made, and noted in `made`.
    private func enter(
        _ path: EntryPath, making made: inout [EntryPath]
    ) throws(SystemError) -> Directory {
        if let there = try directory(at: path, in: root) { return there }
        var here = try root.directory(at: EntryPath())
        var way = EntryPath()
        for name in path.names {
            way = way / name
            if let there = try directory(at: EntryPath([name]), in: here) {
                here = there
                continue
            }
            let next = try make(name, in: here, way, &made)
            here = next
        }
        return here
    }

    private func make(
        _ name: EntryName, in here: borrowing Directory, _ way: EntryPath,
        _ made: inout [EntryPath]
    ) throws(SystemError) -> Directory {
        do throws(SystemError) {
            try here.makeDirectory(name)
            made.append(way)
        } catch {
            // Somebody else made it at the same moment: as good.
            if error.code != ErrorCode.exists { throw error }
        }
        let next = try here.directory(at: EntryPath([name]))
        let user = Processes.userIdentifier
        if user == 0, made.last == way, try next.status().owner == user {
            let above = try here.status()
            try next.setOwner(above.owner, group: above.group)
        }
        return next
    }

    /// Nil when there is none.
    private func directory(
        at path: EntryPath, in directory: borrowing Directory
    ) throws(SystemError) -> Directory? {
        do throws(SystemError) { return try directory.directory(at: path) } catch {
            if error.code == ErrorCode.noSuchFile { return nil }
            throw error
        }
    }

    /// Takes back what `enter` made, the deepest first, as far as nobody has put anything there.
    private func removeDirectories(_ made: [EntryPath]) {
        for way in made.reversed() {
            guard let name = way.names.last, let above = way.parent else { continue }
            do throws(SystemError) {
                try root.directory(at: above).removeDirectory(name)
            } catch {
                return  // What is above it is not empty either.
            }
        }
    }
}

extension Descriptor {
    /// Gives the file the owner and group of another, unless it has them: without the right to,
    /// that is an error (`EPERM`).
    fileprivate func setOwner(like model: FileStatus) throws(SystemError) {
        let own = try status()
        if own.owner == model.owner, own.group == model.group { return }
        try setOwner(model.owner, group: model.group)
    }
}
