// Control groups: one bound on the memory and the processes of a whole run.
//
// A slot's processes join once, when the slot is founded, and every worker inherits: attaching on
// the way of a call costs up to 15 ms in version 1. One worker at a time, so counters are per run.
// Used where they can be had (version 2 delegated, version 1 writable), and reported either way.

internal import Kernel

/// The groups of one server: a directory per controller that slots make theirs in.
package struct GroupWall: Sendable {
    package struct Controller: Hashable, Sendable {
        package let name: String
        /// Our own directory under it, `…/sandboa-<pid>`.
        package let directory: String
    }

    package let version: Int
    package let controllers: [Controller]
    /// Why there is none, and what would help; empty when both controllers are there.
    package let missing: String

    private static let prefix = "sandboa-"
    private static let wanted = ["memory", "pids"]

    /// Finds a place for our groups and makes it; never fails, but says what is missing.
    package static func prepare() -> GroupWall {
        let membership: String
        let mounts: String
        do {
            membership = try text(of: "/proc/self/cgroup")
            mounts = try text(of: "/proc/self/mountinfo")
        } catch {
            return GroupWall(version: 0, controllers: [], missing: "\(error)")
        }
        let first = versionOne(membership, mounts)
        return first.controllers.isEmpty ? versionTwo(membership, mounts) : first
    }

    /// Where our groups are; taking these away takes all of them away.
    package var directories: [String] {
        controllers.map(\.directory).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Takes our directories away again. Every process in them must be gone.
    package func remove() {
        for directory in directories { Self.removeTree(directory) }
    }

    // MARK: Version 1: a hierarchy per controller

    private static func versionOne(_ membership: String, _ mounts: String) -> GroupWall {
        var found: [Controller] = []
        var missing: [String] = []
        for name in wanted {
            guard let base = base(of: name, membership, mounts) else {
                missing.append("\(name): no such hierarchy")
                continue
            }
            sweep(base)
            let directory = "\(base)/\(prefix)\(Processes.ownPid)"
            do {
                try Files.makeDirectory(directory)
                found.append(Controller(name: name, directory: directory))
            } catch { missing.append("\(name): \(error.reason) at \(base)") }
        }
        return GroupWall(
            version: found.isEmpty ? 0 : 1, controllers: found,
            missing: missing.joined(separator: "; "))
    }

    /// Our own group's directory in the version-1 hierarchy of a controller.
    private static func base(
        of controller: String, _ membership: String, _ mounts: String
    ) -> String? {
        let line = membership.split(separator: "\n").first { line in
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            return parts.count == 3 && parts[1].split(separator: ",").contains { $0 == controller }
        }
        guard let line, let path = line.split(separator: ":", maxSplits: 2).last else { return nil }
        let mount = mounts.split(separator: "\n").first { mount in
            guard let range = mount.range(ofText: " - cgroup ") else { return false }
            return mount[range...].split(separator: " ").last?.split(separator: ",")
                .contains { $0 == controller } ?? false
        }
        guard let mount else { return nil }
        let fields = mount.split(separator: " ")
        return join(String(fields[4]), under: String(fields[3]), String(path))
    }

    // MARK: Version 2: one hierarchy, delegated or not

    private static func versionTwo(_ membership: String, _ mounts: String) -> GroupWall {
        let delegate = "start it in a delegated scope: systemd-run --user --scope -p Delegate=yes"
        guard let line = membership.split(separator: "\n").first(where: { $0.hasPrefix("0::") }),
            let mount = mounts.split(separator: "\n").first(where: {
                $0.range(ofText: " - cgroup2 ") != nil
            })
        else { return GroupWall(version: 0, controllers: [], missing: "no control groups here") }
        let fields = mount.split(separator: " ")
        let own = join(String(fields[4]), under: String(fields[3]), String(line.dropFirst(3)))
        sweep(own)
        let directory = "\(own)/\(prefix)\(Processes.ownPid)"
        do {
            let offered = try text(of: "\(own)/cgroup.controllers").split(separator: " ")
            let lacking = wanted.filter { name in !offered.contains { $0 == name } }
            guard lacking.isEmpty else {
                let names = lacking.joined(separator: ", ")
                return GroupWall(
                    version: 0, controllers: [], missing: "\(names) not delegated; \(delegate)")
            }
            try Files.makeDirectory(directory)
            try enableControllers(own, directory)
            return GroupWall(
                version: 2, controllers: wanted.map { Controller(name: $0, directory: directory) },
                missing: "")
        } catch {
            removeTree(directory)
            return GroupWall(version: 0, controllers: [], missing: "\(error); \(delegate)")
        }
    }

    // A group with processes in it cannot hand controllers down: move ourselves below first.
    private static func enableControllers(
        _ own: String, _ directory: String
    ) throws(SystemError) {
        let enabled = try text(of: "\(own)/cgroup.subtree_control").split(separator: " ")
        if !wanted.allSatisfy({ name in enabled.contains { $0 == name } }) {
            let supervisor = "\(directory)/supervisor"
            try Files.makeDirectory(supervisor)
            try write("0", to: "\(supervisor)/cgroup.procs")
            try write("+memory +pids", to: "\(own)/cgroup.subtree_control")
        }
        try write("+memory +pids", to: "\(directory)/cgroup.subtree_control")
    }

    // MARK: Shared

    /// Removes what a killed server left: directories of processes that are gone.
    private static func sweep(_ base: String) {
        let names: [String]
        do { names = try Files.names(in: base) } catch { return }
        for name in names where name.hasPrefix(prefix) {
            guard let pid = CInt(name.dropFirst(prefix.count)), !Files.exists("/proc/\(pid)")
            else { continue }
            removeTree("\(base)/\(name)")
        }
    }

    // A group directory's files go with it; one that still has processes stays for the next sweep.
    static func removeTree(_ directory: String) {
        do {
            for name in try Files.names(in: directory) {
                let path = "\(directory)/\(name)"
                if Files.isDirectory(path) { removeTree(path) }
            }
            try Files.removeDirectory(directory)
        } catch { return }
    }

    /// The host path of a group: `root` is what part of the hierarchy is mounted at `mount`.
    private static func join(_ mount: String, under root: String, _ path: String) -> String {
        if root == "/" { return path == "/" ? mount : mount + path }
        let isBelow = path == root || path.hasPrefix(root + "/")
        return isBelow ? mount + path.dropFirst(root.count) : mount
    }

    static func text(of path: String) throws(SystemError) -> String {
        String(decoding: try Files.contents(of: path, limit: 1 << 20), as: UTF8.self)
    }

    static func write(_ text: String, to path: String) throws(SystemError) {
        let file = try Files.open(path, .append)
        try file.write(Array(text.utf8))
    }
}

extension Substring {
    /// Where a text begins in this one.
    fileprivate func range(ofText needle: String) -> Index? {
        var rest = self
        while !rest.isEmpty {
            if rest.hasPrefix(needle) { return rest.startIndex }
            rest = rest.dropFirst()
        }
        return nil
    }
}
