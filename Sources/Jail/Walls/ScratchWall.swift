// The scratch directory: the only place a run can write, gone when the run is.

package import Kernel

/// A private tmpfs with a quota of bytes and files.
package struct ScratchWall: Hashable, Sendable {
    package let bytes: UInt64
    package let files: UInt64
    package let user: UInt32
    package let group: UInt32
    /// Whether the slot has to reach a place in it, to mount something there: as root it is not
    /// the owner. Nobody else can see this mount.
    package let isPassable: Bool

    package init(
        bytes: UInt64, files: UInt64, user: UInt32, group: UInt32, isPassable: Bool = false
    ) {
        self.bytes = bytes
        self.files = files
        self.user = user
        self.group = group
        self.isPassable = isPassable
    }

    /// Mounts a fresh one. noexec is what gives the W^X rule of the system call filter its
    /// meaning: a file written here can be neither run nor mapped executable.
    package func raise() throws(StageError) {
        try stage("scratch") { () throws(SystemError) in
            try Mounts.mount(
                "scratch", at: RootWall.scratch, type: "tmpfs", .harmless,
                options: "mode=\(isPassable ? 711 : 700),size=\(bytes),nr_inodes=\(files),"
                    + "uid=\(user),gid=\(group)")
        }
    }

    /// For the worker, as the owner: makes its home and the directory that /tmp points to (and
    /// where child processes are allowed, the one that /dev/shm points to), and moves in.
    package static func enter(sharesMemory: Bool) throws(SystemError) {
        try Files.makeDirectory(RootWall.temporary, mode: 0o700)
        if sharesMemory { try Files.makeDirectory(RootWall.sharedMemory, mode: 0o700) }
        try Files.makeDirectory(RootWall.home, mode: 0o700)
        try Files.changeDirectory(RootWall.home)
    }

    /// Takes it away with everything in it. The run that used it must be gone.
    package func lower() throws(StageError) {
        try stage("scratch") { () throws(SystemError) in
            try Mounts.unmount(RootWall.scratch, lazily: true)
        }
    }
}
