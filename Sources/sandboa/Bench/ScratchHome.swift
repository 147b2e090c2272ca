// A state directory that lasts as long as the benchmark.

import Kernel

/// A fresh directory under /tmp, for the servers that the benchmark starts.
struct ScratchHome: Sendable {
    let path: String

    init() throws(SystemError) {
        path = "/tmp/sandboa-bench-\(Processes.ownPid)"
        try Files.makeDirectory(path, mode: 0o700)
    }

    func remove() { Self.removeTree(path) }

    /// Only our own server writes here. What cannot be removed is left for the system to clean.
    private static func removeTree(_ directory: String) {
        do {
            for name in try Files.names(in: directory) {
                let path = "\(directory)/\(name)"
                if Files.isDirectory(path) { removeTree(path) } else { try Files.remove(path) }
            }
            try Files.removeDirectory(directory)
        } catch { return }
    }
}
