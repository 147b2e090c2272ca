import Foundation

/// Runs a program of the system for a test, with a time limit.
enum Program {
    struct Result: Sendable {
        let status: Int32
        let output: String
        let complaints: String
    }

    static let timeLimitSeconds = 20.0

    static func isInstalled(_ name: String) -> Bool {
        path(of: name) != nil
    }

    private static func path(of name: String) -> String? {
        ["/usr/bin/", "/bin/", "/usr/local/bin/"].map { $0 + name }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Gives `input` as a file, whose path is the last argument.
    static func run(_ name: String, _ arguments: [String], file input: String) throws -> Result {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("sandboa-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("input")
        let output = folder.appendingPathComponent("output")
        let complaints = folder.appendingPathComponent("complaints")
        try input.write(to: file, atomically: true, encoding: .utf8)
        try Data().write(to: output)
        try Data().write(to: complaints)

        let process = Process()
        process.executableURL = URL(fileURLWithPath: path(of: name) ?? "/nonexistent")
        process.arguments = arguments + [file.path]
        process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "dumb"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: complaints)
        try process.run()
        let killer = DispatchWorkItem { process.terminate() }
        DispatchQueue.global().asyncAfter(deadline: .now() + timeLimitSeconds, execute: killer)
        process.waitUntilExit()
        killer.cancel()
        return Result(
            status: process.terminationStatus,
            output: try String(contentsOf: output, encoding: .utf8),
            complaints: try String(contentsOf: complaints, encoding: .utf8))
    }
}
