// An MCP client of a few lines: starts the server as any client does and asks it for runs.

import Kernel
import MCP
import Notation

/// One conversation with a server of our own, over its standard input and output.
struct DemoClient: ~Copyable {
    /// A conversation that did not go on.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// What came back for one call, and how long that took from here.
    struct Answer {
        let result: JSON
        let microseconds: Int64
    }

    private let process: CInt
    private var output: Descriptor?
    private let input: Descriptor
    private var splitter = LineSplitter()
    private var lines: [[UInt8]] = []
    private var lastRequest: Int64 = 0
    /// The tool that is asked for runs.
    private var tool = ""

    /// Longest wait for one answer: the longest step ends after half a second.
    private static let waitMilliseconds: Int64 = 20_000
    private static let passedVariables = ["PATH", "HOME", "XDG_STATE_HOME", "LANG"]

    init(program: String) throws {
        var toServer = try Pipe()
        var fromServer = try Pipe()
        let theirInput = toServer.takeReader()
        let theirOutput = fromServer.takeWriter()
        let environment = Self.passedVariables.compactMap { name in
            Environment.variable(name).map { "\(name)=\($0)" }
        }
        process = try Processes.spawn(
            program, arguments: ["sandboa", "serve", "--policy", "permissive"],
            environment: environment,
            descriptors: [theirInput.raw, theirOutput.raw, 2])
        output = toServer.takeWriter()
        input = fromServer.takeReader()
    }

    /// Shakes hands and finds the tool that runs code under a time limit.
    mutating func greet() throws {
        _ = try ask(
            "initialize",
            [
                "protocolVersion": .string(Revision.newest.name), "capabilities": [:],
                "clientInfo": ["name": "sandboa demo", "version": .string(Program.version)],
            ])
        try send(["jsonrpc": "2.0", "method": "notifications/initialized"])
        let tools = try ask("tools/list", [:])["tools"]?.asArray ?? []
        let runner = tools.first { tool in
            let properties = tool["inputSchema"]?["properties"]
            return properties?["code"] != nil && properties?["timeout"] != nil
        }
        guard let name = runner?["name"]?.asString else {
            throw Failure(description: "the server offers no tool that runs code")
        }
        tool = name
    }

    mutating func run(_ arguments: JSONObject) throws -> Answer {
        let start = Moment.now
        let result = try ask(
            "tools/call", ["name": .string(tool), "arguments": .object(arguments)])
        return Answer(result: result, microseconds: Moment.now.nanoseconds(since: start) / 1_000)
    }

    /// Hangs up, which ends the server, and waits for that.
    mutating func end() throws -> Ending? {
        output = nil
        return try Processes.wait(process)?.ending
    }

    // MARK: Lines

    private mutating func ask(_ method: String, _ parameters: JSON) throws -> JSON {
        lastRequest += 1
        try send([
            "jsonrpc": "2.0", "id": .integer(lastRequest), "method": .string(method),
            "params": parameters,
        ])
        while true {
            let message = try JSON(parsing: nextLine())
            guard message["id"]?.asInteger == lastRequest else { continue }
            if let result = message["result"] { return result }
            throw Failure(description: "\(method): \(message["error"]?.text ?? "no answer")")
        }
    }

    private func send(_ message: JSON) throws {
        switch output {
        case .some(let output): try output.write(message.bytes + [0x0A])
        case .none: throw Failure(description: "the conversation is over")
        }
    }

    private mutating func nextLine() throws -> [UInt8] {
        let deadline = Moment.now.advanced(byMilliseconds: Self.waitMilliseconds)
        while lines.isEmpty {
            var poller = Poller()
            poller.add(input.raw, .readable)
            guard try poller.wait(until: deadline) else {
                throw Failure(description: "no answer within \(Self.waitMilliseconds) ms")
            }
            let bytes = try input.read(limit: 65_536)
            if bytes.isEmpty { throw Failure(description: "the server has ended") }
            for case .line(let line) in splitter.feed(bytes) { lines.append(line) }
        }
        return lines.removeFirst()
    }
}
