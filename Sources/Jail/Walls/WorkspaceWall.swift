// The workspace: the one directory of the host's that runs may see, at its own path.
//
//      template   a detached copy of the mount, taken while the host is still there, with nosuid,
//                 nodev, noexec (and read-only) set before anybody can reach it; put at `anchor`
//                 once Python and its packages are imported
//      slot       as root: a copy of that with the owner's files shown as the slot's; below /tmp:
//                 a copy that is put into each new scratch directory, of which /tmp is a part
//
// INVARIANT: at no moment is the workspace reachable without nosuid, nodev and noexec.
// INVARIANT: no path that a run could have changed is followed to find it.

package import Kernel

/// How the workspace is shown.
package struct WorkspaceWall: Hashable, Sendable {
    /// Absolute and canonical, the same outside and inside.
    package let path: String
    package let isWritable: Bool

    package init(path: String, isWritable: Bool) {
        self.path = path
        self.isWritable = isWritable
    }

    /// Directories of the root that are built for every run: nothing of the host's may cover them.
    private static let built = [
        "/bin", "/dev", "/lib", "/lib32", "/lib64", "/libx32", "/proc", "/sandbox", "/sbin",
        "/sys", "/usr",
    ]
    private static let hiddenAnchor = "/sandbox/workspace"

    /// Why a canonical path cannot be a workspace; nil: it can.
    package static func objection(to path: String) -> String? {
        if path == "/" { return "the root directory is no workspace: name one directory" }
        if let taken = built.first(where: { contains($0, path) }) {
            return "\(taken) inside is made for every run: a workspace must lie elsewhere"
        }
        return nil
    }

    /// Whether a canonical path is a directory or lies below it.
    package static func contains(_ directory: String, _ path: String) -> Bool {
        path == directory || directory == "/" || path.hasPrefix(directory + "/")
    }

    /// /tmp of a run is part of its scratch directory, which is mounted anew for each.
    package var isInScratch: Bool { Self.contains(RootWall.temporaryName, path) }

    /// Where slots find it in the root they inherit.
    private var anchor: String { isInScratch ? Self.hiddenAnchor : path }

    /// The directories to make in a fresh scratch directory, in order.
    var placesInScratch: [String] {
        guard isInScratch else { return [] }
        var place = RootWall.temporary
        return path.dropFirst(RootWall.temporaryName.count).split(separator: "/")
            .reduce(into: [place]) {
                place += "/\($1)"
                $0.append(place)
            }
    }

    /// For a template, while it still has the host's mounts, made private.
    package func take() throws(StageError) -> MountTree {
        try stage("workspace") { () throws(SystemError) in
            let tree = try MountTree(of: path)
            try tree.restrict(readOnly: !isWritable)
            return tree
        }
    }

    /// For a template, before its root is closed: nothing but our own code has run or will.
    package func show(_ tree: consuming MountTree) throws(StageError) {
        try stage("workspace") { () throws(SystemError) in
            if isInScratch {
                // A link would lead to it, and tell every program another path than its own.
                try Files.remove(RootWall.temporaryName)
                try Files.makeDirectory(RootWall.temporaryName)
            }
            try Files.makeDirectories(anchor, mode: 0o755)
            try tree.attach(at: anchor)
        }
    }

    /// For a slot of root, before it leaves the template's pid namespace: the map that shows the
    /// workspace's owner as the slot's user, so that files made here are the owner's.
    package func identities(
        shown: Owner, processes: borrowing Descriptor
    ) throws(StageError) -> Descriptor {
        try stage("workspace") { () throws(SystemError) in
            let map = IdentityMap(stored: try Files.owner(of: anchor), shown: shown)
            return try map.namespace(processes: processes)
        }
    }

    /// The slot's own mount, detached; what it was copied from is out of reach afterwards.
    func own(_ identities: borrowing Descriptor?) throws(SystemError) -> MountTree {
        let tree = try MountTree(of: anchor)
        switch identities {
        case .some(let namespace):
            try tree.map(with: namespace)
            try Mounts.unmount(anchor, lazily: true)
        case .none:
            // Inherited by a user namespace, a mount can be covered but not taken away.
            try Mounts.mount(
                "none", at: anchor, type: "tmpfs", MountFlags.harmless.union(.readOnly),
                options: "size=4k,nr_inodes=1,mode=555")
        }
        return tree
    }
}
