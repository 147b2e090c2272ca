// The control groups of one slot.

package import Kernel

/// A slot's directory in each controller, with its limits set and its counters open.
package final class SlotGroup: Sendable {
    private let version: Int
    private let directories: [GroupWall.Controller]
    /// Where a process writes "0" to join; passed to the slot and closed here afterwards.
    private let events: Descriptor?
    private let tasks: Descriptor?

    package init(
        _ wall: GroupWall, name: String, memoryBytes: Int64, processes: Int64
    ) throws(SystemError) {
        version = wall.version
        var made: [GroupWall.Controller] = []
        for controller in wall.controllers {
            let directory = "\(controller.directory)/\(name)"
            try Files.makeDirectory(directory)
            made.append(GroupWall.Controller(name: controller.name, directory: directory))
        }
        directories = made
        var events: Descriptor?
        for controller in made {
            if controller.name == "memory" {
                try Self.limitMemory(controller.directory, memoryBytes, version)
                let file = version == 1 ? "memory.oom_control" : "memory.events"
                events = try Files.open("\(controller.directory)/\(file)")
            } else {
                try GroupWall.write("\(processes)", to: "\(controller.directory)/pids.max")
            }
        }
        self.events = events
        let pids = made.first { $0.name == "pids" }
        tasks = if let pids { try Files.open("\(pids.directory)/pids.current") } else { nil }
    }

    /// Processes and threads, those that have ended and are not reaped included; nil: not known.
    package var taskCount: Int64? {
        switch tasks {
        case .some(let file): Self.readAll(file).flatMap(Self.number)
        case .none: nil
        }
    }

    /// The numbers out here of its living processes; nil: not known. Opened anew each time: version
    /// 1 would repeat what it has said once.
    package var processes: Set<CInt>? {
        guard let pids = directories.first(where: { $0.name == "pids" }) else { return nil }
        do throws(SystemError) {
            let text = try GroupWall.text(of: "\(pids.directory)/cgroup.procs")
            return Set(text.split(separator: "\n").compactMap { CInt($0) })
        } catch { return nil }
    }

    /// Memory in use, in bytes; nil: not known.
    package var memoryBytes: Int64? {
        guard let memory = directories.first(where: { $0.name == "memory" }) else { return nil }
        let file = version == 1 ? "memory.usage_in_bytes" : "memory.current"
        do throws(SystemError) {
            return Self.number(Array(try GroupWall.text(of: "\(memory.directory)/\(file)").utf8))
        } catch { return nil }
    }

    private static func number(_ bytes: [UInt8]) -> Int64? {
        Int64(String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self))
    }

    package var names: [String] { directories.map(\.name) }
    package var kind: String { "v\(version)" }

    /// One file per group to join by writing "0" into it.
    package func entrances() throws(SystemError) -> [CInt] {
        var paths: [String] = []
        for controller in directories {
            let path = "\(controller.directory)/cgroup.procs"
            if !paths.contains(path) { paths.append(path) }
        }
        var opened: [CInt] = []
        for path in paths { opened.append(try Files.open(path, .append).release()) }
        return opened
    }

    /// How often the kernel has killed here for memory, since the slot began.
    package var memoryKills: Int64 {
        switch events {
        case .some(let file):
            guard let bytes = Self.readAll(file) else { return 0 }
            return Self.number(after: "oom_kill ", in: String(decoding: bytes, as: UTF8.self))
        case .none: return 0
        }
    }

    /// Takes the directories away; every process in them must be gone.
    package func remove() {
        for controller in directories { GroupWall.removeTree(controller.directory) }
    }

    private static func readAll(_ file: borrowing Descriptor) -> [UInt8]? {
        do { return try file.read(at: 0, limit: 4096) } catch { return nil }
    }

    private static func limitMemory(
        _ directory: String, _ bytes: Int64, _ version: Int
    ) throws(SystemError) {
        if version == 1 {
            try GroupWall.write("\(bytes)", to: "\(directory)/memory.limit_in_bytes")
            // Memory and swap together; absent where the kernel does not count swap.
            let swap = "\(directory)/memory.memsw.limit_in_bytes"
            if Files.exists(swap) { try GroupWall.write("\(bytes)", to: swap) }
        } else {
            try GroupWall.write("\(bytes)", to: "\(directory)/memory.max")
            if Files.exists("\(directory)/memory.swap.max") {
                try GroupWall.write("0", to: "\(directory)/memory.swap.max")
            }
        }
    }

    private static func number(after word: String, in text: String) -> Int64 {
        for line in text.split(separator: "\n") where line.hasPrefix(word) {
            return Int64(line.dropFirst(word.count)) ?? 0
        }
        return 0
    }
}
