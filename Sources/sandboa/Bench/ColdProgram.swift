// Starting Python the ordinary way, to compare with.

import Engine
import Kernel

/// A program that is started for one run, such as `python3 -c`.
struct ColdProgram: Sendable {
    let path: String
    let arguments: [String]

    struct Ran: Sendable {
        let nanoseconds: Int64
        let processorMicroseconds: Int64
    }

    /// Debian's own Python, not the first of some version manager's wrappers.
    private static let python = "/usr/bin/python3"
    private static let places = ["/usr/bin", "/usr/local/bin", "/bin"]
    private static let environment = ["PATH=/usr/bin:/bin", "LANG=C.UTF-8"]
    private static let outputBytes = 4096

    static let coldPython = ColdProgram(
        path: python, arguments: ["python3", "-c", BenchProgram.code])

    /// Every namespace, the system's libraries read-only, an empty /tmp; neither /proc nor /dev,
    /// which would cost it more. Nil: bubblewrap is not installed.
    static var bubblewrap: ColdProgram? {
        guard let path = places.map({ "\($0)/bwrap" }).first(where: Files.isExecutable) else {
            return nil
        }
        let options = [
            "--unshare-all", "--die-with-parent", "--ro-bind", "/usr", "/usr",
            "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
            "--symlink", "usr/bin", "/bin", "--tmpfs", "/tmp", "--chdir", "/tmp",
        ]
        return ColdProgram(
            path: path, arguments: ["bwrap"] + options + [python, "-c", BenchProgram.code])
    }

    /// Runs it to its end, and checks what it printed.
    func run() throws -> Ran {
        let null = try Files.open("/dev/null")
        let start = Moment.now
        var pipe = try Pipe()
        let reader = pipe.takeReader()
        let writer = pipe.takeWriter()
        let pid = try Processes.spawn(
            path, arguments: arguments, environment: Self.environment,
            descriptors: [null.raw, writer.raw, null.raw])
        _ = consume writer
        var printed: [UInt8] = []
        while true {
            let part = try reader.read(limit: Self.outputBytes)
            if part.isEmpty { break }
            printed += part
        }
        let reaped = try Processes.wait(pid)
        let end = Moment.now
        guard let reaped, reaped.ending == .exited(code: 0), printed == BenchProgram.output else {
            throw EngineError(
                stage: "bench", message: "\(path) did not print what it should",
                fix: "try it in a shell: \(arguments.joined(separator: " "))")
        }
        return Ran(
            nanoseconds: end.nanoseconds(since: start),
            processorMicroseconds: reaped.usage.userMicroseconds + reaped.usage.systemMicroseconds)
    }
}
