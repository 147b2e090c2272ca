// The Python that workers embed, asked for its version without starting it.

internal import Kernel

/// Which Python runs get.
package struct EmbeddedPython: Hashable, Sendable {
    /// As the library spells it, such as `3.11.2`; nil: `fault` says why.
    package let version: String?
    package let fault: String?

    /// What it calls itself in `sys.executable`.
    static var path: String { "/usr/bin/\(Environments.pythonVersion)" }

    package init(version: String?, fault: String? = nil) {
        self.version = version
        self.fault = fault
    }

    var series: String? { version.flatMap { PythonVersion($0) }?.series }

    private static let milliseconds: Int64 = 5_000
    private static let outputBytes = 256

    /// Asks the worker's program, which only loads the library.
    package static func ask(_ installation: Installation) -> EmbeddedPython {
        do throws(SystemError) {
            let text = try output(of: installation.worker)
            guard let version = PythonVersion(text) else {
                return EmbeddedPython(
                    version: nil, fault: "The worker tells no version: \(Notes.quote(text)).")
            }
            return EmbeddedPython(version: version.text)
        } catch {
            return EmbeddedPython(version: nil, fault: "The worker can't be asked: \(error).")
        }
    }

    private static func output(of worker: String) throws(SystemError) -> String {
        let null = try Files.open("/dev/null")
        var pipe = try Pipe()
        let reader = pipe.takeReader()
        let writer = pipe.takeWriter()
        let pid = try Processes.spawn(
            worker, arguments: ["sandboa-worker", "version"], environment: [],
            descriptors: [null.raw, writer.raw, null.raw], directory: "/")
        _ = consume writer
        defer { reap(pid) }
        let deadline = Moment.now.advanced(byMilliseconds: milliseconds)
        var bytes: [UInt8] = []
        var poller = Poller()
        poller.add(reader.raw, .readable)
        while bytes.count < outputBytes, try poller.wait(until: deadline) {
            let part = try reader.read(limit: outputBytes)
            if part.isEmpty { break }
            bytes += part
        }
        return String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
    }

    /// It has told what it was asked for, or it never will.
    private static func reap(_ pid: CInt) {
        do throws(SystemError) {
            try Processes.kill(pid, Signal.kill)
            _ = try Processes.wait(pid)
        } catch { return }
    }
}
