// The root: a file system that holds the system's libraries, one environment, and nothing else.
//
// Everything is read-only. No /etc, /var, /run, /home, /sys: nothing there is needed by Python, and
// sockets found there would work even through a read-only mount. Built once per template; slots and
// workers inherit it.

internal import Kernel

/// The minimal read-only root that a template pivots into.
package enum RootWall {
    /// Where things are, inside.
    package static let scratchParent = "/sandbox"
    package static let scratch = "/sandbox/scratch"
    /// The working directory of a run, empty at its start, and what /tmp points to.
    package static let home = "/sandbox/scratch/home"
    package static let temporary = "/sandbox/scratch/tmp"
    static let temporaryName = "/tmp"
    /// What /dev/shm points to: semaphores and shared memory of multiprocessing.
    package static let sharedMemory = "/sandbox/scratch/shm"
    package static let environment = "/sandbox/environment"
    package static let configuration = "/sandbox/configuration"
    package static let devices = ["null", "zero", "full", "random", "urandom"]
    private static let systemLinks = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"]
    private static let staging = "/tmp"
    /// Largest file that an environment may bring for its libraries; a list of fonts has 200 KB.
    private static let maximumBroughtBytes = 4 << 20

    /// From here on nothing is seen of what the host mounts, or the other way round.
    package static func part() throws(StageError) {
        try stage("private mounts") { () throws(SystemError) in
            try Mounts.mount("none", at: "/", [.recursive, .makePrivate])
        }
    }

    /// Builds the root and moves into it. The root stays writable until `close`, so that libraries
    /// may leave their caches in `configuration` while they are first imported.
    package static func enter(environment: String?) throws(StageError) {
        // Opened first: its path may lie under the directory that the new root covers.
        let packages: Descriptor? = try stage("environment") { () throws(SystemError) in
            if let environment { try Files.open(environment, .path) } else { nil }
        }
        try stage("root") { () throws(SystemError) in
            try Mounts.mount(
                "sandboa", at: staging, type: "tmpfs", [.noSetID, .noDevices],
                options: "mode=755,size=16m,nr_inodes=1k")
            try Files.changeDirectory(staging)
            try showSystem()
            try showDevices()
            for directory in ["proc", "sandbox", "sandbox/scratch", "sandbox/configuration"] {
                try Files.makeDirectory(directory)
            }
            try Files.makeLink(String(temporary.dropFirst()), at: "tmp")
        }
        if let packages { try showEnvironment(packages) }
        try stage("process list") { () throws(SystemError) in
            try ProcessListWall.mount(at: "proc")
        }
        try stage("pivot_root") { () throws(SystemError) in
            try Mounts.pivotHere()
            try Mounts.unmount(".", lazily: true)
            try Files.changeDirectory("/")
        }
    }

    /// Makes the root itself read-only.
    package static func close() throws(StageError) {
        try stage("read-only root") { () throws(SystemError) in
            try Mounts.mount(
                "none", at: "/", [.remount, .bind, .readOnly, .noSetID, .noDevices, .noExecution])
        }
    }

    private static func showSystem() throws(SystemError) {
        try bindTree("/usr", at: "usr", execution: true)
        for name in systemLinks {
            if let target = Files.linkTarget("/\(name)") {
                try Files.makeLink(target, at: name)
            } else if Files.isDirectory("/\(name)") {
                try bindTree("/\(name)", at: name, execution: true)
            }
        }
    }

    private static func showDevices() throws(SystemError) {
        try Files.makeDirectory("dev")
        for name in devices {
            try Files.makePlace("dev/\(name)")
            try Mounts.mount("/dev/\(name)", at: "dev/\(name)", .bind)
            // Read-only says nothing about what a device takes: writing to it still works.
            try Mounts.makeDeviceReadOnly("dev/\(name)")
        }
        try Files.makeLink(sharedMemory, at: "dev/shm")
    }

    private static func showEnvironment(_ packages: borrowing Descriptor) throws(StageError) {
        let source = "/proc/self/fd/\(packages.raw)"
        try stage("environment") { () throws(SystemError) in
            try bindTree(source, at: "sandbox/environment", execution: true)
            try fillConfiguration()
        }
    }

    /// Libraries find what they would otherwise work out at each start, such as a list of fonts:
    /// an environment brings it along.
    private static func fillConfiguration() throws(SystemError) {
        let brought = "sandbox/environment/sandboa-configuration"
        guard Files.isDirectory(brought) else { return }
        for name in try Files.names(in: brought) where !Files.isDirectory("\(brought)/\(name)") {
            let bytes = try Files.contents(of: "\(brought)/\(name)", limit: maximumBroughtBytes)
            try Files.replace("sandbox/configuration/\(name)", with: bytes, mode: 0o644)
        }
    }

    // The tree is bound with what is mounted below it: in a user namespace the kernel refuses to
    // uncover those. `execution` is about mapping libraries; Landlock decides about programs.
    private static func bindTree(
        _ source: String, at target: String, execution: Bool
    ) throws(SystemError) {
        try Files.makeDirectory(target)
        try Mounts.mount(source, at: target, [.bind, .recursive])
        try Mounts.makeTreeReadOnly(target, execution: execution)
    }
}
