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
        // An ordinary user inherits it as it is, unless it has to move.
        guard let wall, startedAsRoot || wall.isInScratch else { return }
        do throws(SystemError) {
            let own = try wall.own(identities)
            if wall.isInScratch {
                tree = consume own
            } else {
                try own.attach(at: wall.path)
            }
        } catch {
            throw StageError("workspace", error)
        }
        try enter()
    }

    package var isInScratch: Bool { wall?.isInScratch == true }

    /// Before the scratch directory is taken away: the mount in it would go, too.
    package mutating func leave() throws(StageError) {
        guard isInScratch else { return }
        do throws(SystemError) {
            tree = try copied()
            try Mounts.unmount(RootWall.temporaryName, lazily: true)
        } catch {
            throw StageError("workspace", error)
        }
    }

    private borrowing func copied() throws(SystemError) -> MountTree? {
        switch tree {
        case .some(let tree): return try MountTree(copying: tree)
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
