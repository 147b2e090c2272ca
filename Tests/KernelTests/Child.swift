// Starts a program, waits for it, and gives what it printed.

import Testing

@testable import Kernel

struct Child {
    let output: String
    let ending: Ending
    let usage: ResourceUsage

    /// Standard output is a pipe; `extra` become descriptors from 3 on.
    init(
        _ path: String, _ arguments: [String] = [], environment: [String] = [],
        extra: [CInt?] = [], directory: String? = nil
    ) throws {
        let null = try Files.open("/dev/null")
        var pipe = try Pipe()
        let reader = pipe.takeReader()
        let pid: CInt
        do {
            let writer = pipe.takeWriter()
            pid = try Processes.spawn(
                path, arguments: [path] + arguments, environment: environment,
                descriptors: [null.raw, writer.raw, null.raw] + extra, directory: directory)
        }
        var bytes: [UInt8] = []
        while true {
            let part = try reader.read(limit: 65_536)
            if part.isEmpty { break }
            bytes += part
        }
        let reaped = try #require(try Processes.wait(pid))
        output = String(decoding: bytes, as: UTF8.self)
        ending = reaped.ending
        usage = reaped.usage
    }
}
