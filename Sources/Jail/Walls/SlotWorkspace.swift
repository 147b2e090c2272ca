// The workspace as one slot holds it, from run to run.

package import Kernel

/// Shows the workspace in a slot, and again in each new scratch directory if that is where it lies.
package struct SlotWorkspace: ~Copyable {
    private let wall: WorkspaceWall?
    private let scratch: ScratchWall
    private let startedAsRoot: Bool
    /// What is mounted in the scratch directory, or about to be.
    private var tree: MountTree?

    /// `identities`: as root, what `WorkspaceWall.identities` made.
    package init(
        _ wall: WorkspaceWall?, in scratch: ScratchWall, startedAsRoot: Bool,
        identities: borrowing Descriptor?
    ) throws(StageError) {
        self.wall = wall
        self.scratch = scratch
        self.startedAsRoot = startedAsRoot
        tree = try Self.shown(wall, startedAsRoot, identities)
        try enter()
    }

    /// Shows the workspace at its place, or gives the tree that `enter` shows there.
    private static func shown(
        _ wall: WorkspaceWall?, _ startedAsRoot: Bool, _ identities: borrowing Descriptor?
    ) throws(StageError) -> MountTree? {
        // An ordinary user inherits it as it is, unless it has to move.
        guard let wall, startedAsRoot || wall.isInScratch else { return nil }
        do throws(SystemError) {
            let own = try wall.own(identities)
            if wall.isInScratch { return own }
            try own.attach(at: wall.path)
            return nil
        } catch {
            throw StageError("workspace", error)
        }
    }

    package var isInScratch: Bool { wall?.isInScratch == true }

    /// Before the scratch directory is taken away: the mount in it would go, too.
    package mutating func leave() throws(StageError) {
        guard let copy = try Self.copy(of: tree) else { return }
        try stage("workspace") { () throws(SystemError) in
            try Mounts.unmount(RootWall.temporaryName, lazily: true)
        }
        tree = consume copy
    }

    private static func copy(
        of tree: borrowing MountTree?
    ) throws(StageError) -> MountTree? {
        switch tree {
        case .some(let tree):
            do throws(SystemError) { return try MountTree(copying: tree) } catch {
                throw StageError("workspace", error)
            }
        case .none: return nil
        }
    }

    /// After the scratch directory is mounted.
    package borrowing func enter() throws(StageError) {
        guard let wall, wall.isInScratch else { return }
        do throws(SystemError) {
            // As the run's own user, who owns the scratch directory.
            try NamespaceWall.burnNumber { () throws(SystemError) in
                if startedAsRoot {
                    try Privileges.become(user: scratch.user, group: scratch.group)
                }
                for place in wall.placesInScratch { try Files.makeDirectory(place) }
            }
            try Mounts.mount(RootWall.temporary, at: RootWall.temporaryName, .bind)
            switch tree {
            case .some(let tree): try tree.attach(at: wall.path)
            case .none: return
            }
        } catch {
            throw StageError("workspace", error)
        }
    }
}
