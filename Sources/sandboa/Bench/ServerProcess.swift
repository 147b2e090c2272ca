// A server as a client starts it, spoken to over its standard input and output.

import Catalog
import Engine
import Kernel
import Notation

/// `sandboa serve` as a child.
///
/// INVARIANT: every wait has a deadline, and the child is reaped when `end` returns.
final class ServerProcess {
    private var input: Descriptor?
    private let output: Descriptor
    private let pid: CInt
    private let handle: Descriptor
    private var nextNumber: Int64 = 0

    /// Longest wait for an answer, and for the end.
    private static let limitMilliseconds: Int64 = 10_000
    private static let readBytes = 65_536

    /// The first tool that runs a program in the profile that is measured.
    private static let tool =
        Catalog.all.map { $0.declaration }.first { $0.profile == "compute" }?.name ?? ""

    init(_ installation: Installation, home: String) throws(SystemError) {
        var toServer = try Pipe()
        var fromServer = try Pipe()
        let theirInput = toServer.takeReader()
        let theirOutput = fromServer.takeWriter()
        pid = try Processes.spawn(
            installation.program,
            arguments: ["sandboa", "serve", "--home", home, "--policy", "permissive"],
            environment: ["PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=\(home)"],
            descriptors: [theirInput.raw, theirOutput.raw, 2])
        handle = try Processes.handle(of: pid)
        input = toServer.takeWriter()
        output = fromServer.takeReader()
    }

    /// `initialize`, answered.
    func initialize() throws {
        let answer = try ask(
            "initialize",
            [
                "protocolVersion": "2025-11-25", "capabilities": [:],
                "clientInfo": ["name": "sandboa bench", "version": "1"],
            ])
        guard answer["result"]?["serverInfo"]?["name"] == "sandboa" else { throw unexpected() }
        try send(["jsonrpc": "2.0", "method": "notifications/initialized"])
    }

    /// One call of the benchmark's program; gives the time from the first byte of the request to
    /// the last of the answer, in nanoseconds.
    func call() throws -> Int64 {
        let line = request(
            "tools/call",
            [
                "name": .string(Self.tool),
                "arguments": ["code": .string(BenchProgram.code)],
            ])
        let start = Moment.now
        try write(line)
        let answer = try receive()
        let time = Moment.now.nanoseconds(since: start)
        let result = try JSON(parsing: answer)["result"]
        guard result?["structuredContent"]?["status"] == "ok",
            result?["structuredContent"]?["stdout"] == "2\n"
        else { throw unexpected() }
        return time
    }

    /// Closes the input and waits for the server to end; a server that does not is killed.
    func end() throws {
        input = nil
        var poller = Poller()
        poller.add(handle.raw, .readable)
        let deadline = Moment.now.advanced(byMilliseconds: Self.limitMilliseconds)
        if try !poller.wait(until: deadline) { try handle.signal(Signal.kill) }
        _ = try Processes.wait(pid)
    }

    // MARK: Lines

    private func ask(_ method: String, _ parameters: JSON) throws -> JSON {
        try write(request(method, parameters))
        return try JSON(parsing: receive())
    }

    private func request(_ method: String, _ parameters: JSON) -> [UInt8] {
        nextNumber += 1
        let request: JSON = [
            "jsonrpc": "2.0", "id": .integer(nextNumber), "method": .string(method),
            "params": parameters,
        ]
        return request.bytes + [0x0A]
    }

    private func send(_ message: JSON) throws { try write(message.bytes + [0x0A]) }

    private func write(_ line: [UInt8]) throws {
        switch input {
        case .some(let input): try input.write(line)
        case .none: preconditionFailure("a server that has ended cannot be asked")
        }
    }

    /// The next line. Requests are sent one at a time, so nothing follows it.
    private func receive() throws -> [UInt8] {
        var poller = Poller()
        poller.add(output.raw, .readable)
        let deadline = Moment.now.advanced(byMilliseconds: Self.limitMilliseconds)
        var line: [UInt8] = []
        while line.last != 0x0A {
            guard try poller.wait(until: deadline) else {
                throw failure("the server did not answer in time")
            }
            let part = try output.read(limit: Self.readBytes)
            if part.isEmpty { throw failure("the server has ended; its last words are above") }
            line += part
        }
        line.removeLast()
        return line
    }

    private func unexpected() -> EngineError { failure("the server gave another answer than 2") }

    private func failure(_ message: String) -> EngineError {
        EngineError(stage: "bench", message: message, fix: "run `sandboa doctor`")
    }
}
