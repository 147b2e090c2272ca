// Control groups that a killed supervisor leaves: taken away by the last process of its templates.

internal import Kernel

/// The groups of a server, held by descriptors: when they are needed, the root has changed and no
/// path leads there any more.
package final class GroupLeftovers {
    private var parents: [(raw: CInt, name: String)] = []

    /// `directories`: as `GroupWall.directories`. One that cannot be opened is left to the sweep
    /// of the next start.
    package init(_ directories: [String]) {
        for directory in directories {
            guard let slash = directory.lastIndex(of: "/") else { continue }
            do throws(SystemError) {
                let parent = try Files.open(String(directory[..<slash]), .path)
                let name = String(directory[directory.index(after: slash)...])
                parents.append((parent.release(), name))
            } catch { continue }
        }
    }

    package var isEmpty: Bool { parents.isEmpty }

    /// Takes the groups away; those with processes in them stay.
    package func remove() {
        let below = (0..<64).map { "slot-\($0)" } + ["supervisor"]
        for (raw, name) in parents {
            let parent = Descriptor(adopting: raw)
            for child in below { tryToRemove("\(name)/\(child)", beneath: parent) }
            tryToRemove(name, beneath: parent)
        }
        parents = []
    }

    /// Lets go, for a process that must not hold anything of the host.
    package func forget() {
        for (raw, _) in parents { _ = Descriptor(adopting: raw) }
        parents = []
    }

    // Most of the names do not exist: not being able to remove one is the usual case.
    private func tryToRemove(_ path: String, beneath parent: borrowing Descriptor) {
        do throws(SystemError) {
            try Files.removeDirectory(path, beneath: parent)
        } catch { return }
    }
}
