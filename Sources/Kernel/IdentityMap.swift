// A user namespace made for its map alone: an idmapped mount reads its translation from one.

/// Whom a file belongs to.
package struct Owner: Hashable, Sendable {
    package let user: UInt32
    package let group: UInt32

    package init(user: UInt32, group: UInt32) {
        self.user = user
        self.group = group
    }
}

/// One owner on the device, shown as another.
package struct IdentityMap: Hashable, Sendable {
    package let stored: Owner
    package let shown: Owner

    package init(stored: Owner, shown: Owner) {
        self.stored = stored
        self.shown = shown
    }

    private static let fileBytes = 4096

    /// Makes the namespace, for root with one thread. `processes` is a writable /proc of the host:
    /// do this before the process enters a pid namespace whose numbers that does not show.
    package func namespace(
        processes: borrowing Descriptor
    ) throws(SystemError) -> Descriptor {
        var pipe = try Pipe()
        let ready = pipe.takeReader()
        let child = try Processes.fork()
        if child == 0 { Self.beNamespace(pipe.takeWriter()) }
        _ = pipe.takeWriter()
        // The child has entered its namespace, or is gone with the reason as its exit code.
        if try ready.read(limit: 1).isEmpty {
            let status = try Processes.wait(child)?.ending.status ?? 0
            throw SystemError("unshare", "user namespace", code: status >> 8)
        }
        let filled: Result<CInt, SystemError>
        do throws(SystemError) {
            filled = .success(try fill(child, processes).release())
        } catch { filled = .failure(error) }
        try Processes.kill(child, Signal.kill)
        _ = try Processes.wait(child)
        return Descriptor(adopting: try filled.get())
    }

    private static func beNamespace(_ ready: consuming Descriptor) -> Never {
        do throws(SystemError) {
            try Namespaces.unshare(.user)
            try Privileges.allowInspection()
            try ready.write([1])
            var nothing = Poller()
            while true { _ = try nothing.wait(until: nil) }
        } catch { Processes.exitNow(error.code) }
    }

    private func fill(
        _ child: CInt, _ processes: borrowing Descriptor
    ) throws(SystemError) -> Descriptor {
        let number = try Self.hostNumber(of: child, processes)
        for (file, inside, outside) in [
            ("uid_map", stored.user, shown.user), ("gid_map", stored.group, shown.group),
        ] {
            let map = try Files.open("\(number)/\(file)", beneath: processes, writing: true)
            try map.write(Array("\(inside) \(outside) 1".utf8))
        }
        return try Files.open("\(number)/ns/user", beneath: processes)
    }

    /// The number by which `processes` knows a child of ours.
    private static func hostNumber(
        of child: CInt, _ processes: borrowing Descriptor
    ) throws(SystemError) -> String {
        let handle = try Processes.handle(of: child)
        let path = "self/fdinfo/\(handle.raw)"
        let told = try Files.open(path, beneath: processes).read(limit: fileBytes)
        for line in String(decoding: told, as: UTF8.self).split(separator: "\n") {
            let words = line.split { $0 == " " || $0 == "\t" }
            if words.first == "Pid:", words.count == 2 { return String(words[1]) }
        }
        throw SystemError("read", path, code: ErrorCode.noSuchProcess)
    }
}
