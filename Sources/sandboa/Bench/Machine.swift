// Where a benchmark was run: figures mean little without it.

import Kernel
import Notation

/// Facts about the machine, read once before measuring.
struct Machine: Hashable, Sendable {
    let processor: String
    let processors: Int
    let kernel: String
    let startedAsRoot: Bool
    /// Runnable processes over the last minute: above 0.5 somebody else is working here.
    let load: String
    /// Known once an engine has started.
    var walls: [String] = []

    private static let fileLimit = 4 << 20

    static func here() throws(SystemError) -> Machine {
        let kernel = try text(of: "/proc/sys/kernel/osrelease")
        let load = try text(of: "/proc/loadavg")
        let model = try text(of: "/proc/cpuinfo").split(separator: "\n")
            .first { $0.hasPrefix("model name") }?.split(separator: ":").last
        return Machine(
            processor: model.map { trimmed($0) } ?? "unknown processor",
            processors: Processes.processorCount, kernel: trimmed(kernel[...]),
            startedAsRoot: Processes.userIdentifier == 0,
            load: load.split(separator: " ").first.map(String.init) ?? "?")
    }

    var lines: [String] {
        [
            "\(processors) processors (\(processor)), Linux \(kernel), load \(load) at the start",
            "started as \(startedAsRoot ? "root" : "an ordinary user"); the other way in needs a "
                + "run of its own",
            "walls: \(walls.joined(separator: " "))",
        ]
    }

    var json: JSON {
        [
            "processor": .string(processor), "processors": .integer(Int64(processors)),
            "kernel": .string(kernel), "started_as_root": .bool(startedAsRoot),
            "load": .string(load), "walls": .array(walls.map { .string($0) }),
        ]
    }

    private static func text(of path: String) throws(SystemError) -> String {
        String(decoding: try Files.contents(of: path, limit: fileLimit), as: UTF8.self)
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " || $0 == "\t" }.prefix { $0 != "\n" })
    }
}
