// Tasks as a client meets them, with calls that wait for a worker that can't be started.

import Catalog
import Kernel
import MCP
import Notation
import Testing

@testable import Gateway

/// Each test in a process of its own: the server takes descriptors 0 and 1.
@Suite struct TaskServingTests {
    /// Both ends of a server's wire.
    private struct Wire: ~Copyable {
        let input: Descriptor
        let output: Descriptor
        private var splitter = LineSplitter()
        private var buffer = [UInt8](repeating: 0, count: 65_536)
        private var pending: [JSON] = []

        static let meta: JSON = [
            "io.modelcontextprotocol/protocolVersion": .string(Era.statelessVersion),
            "io.modelcontextprotocol/clientCapabilities": [
                "extensions": [Offer.tasksExtension: [:]]
            ],
        ]

        init(serving pipeline: Pipeline, taskAfter: Int64) throws {
            var incoming = try Pipe()
            var outgoing = try Pipe()
            try incoming.takeReader().place(at: 0)
            try outgoing.takeWriter().place(at: 1)
            let encoder = Encoder(
                server: ServerDescription(name: "test", version: "1"), offer: [.tools, .tasks])
            let server = try StdioServer(pipeline, encoder: encoder, taskAfter: taskAfter)
            try Threads.start {
                do { _ = try server.serve() } catch { Processes.exit(9) }
            }
            input = incoming.takeWriter()
            output = outgoing.takeReader()
        }

        func send(_ id: Int, _ method: String, _ params: JSONObject) throws {
            var params = params
            params["_meta"] = Self.meta
            let message: JSON = [
                "jsonrpc": "2.0", "id": JSON(id), "method": .string(method),
                "params": .object(params),
            ]
            try input.write(message.bytes + [0x0A])
        }

        func call(_ id: Int, milliseconds: Int64) throws {
            try send(
                id, "tools/call",
                [
                    "name": .string(Catalog.example),
                    "arguments": ["code": "1", "timeout": .integer(milliseconds)],
                ])
        }

        mutating func next() throws -> JSON {
            while pending.isEmpty {
                let got = try output.read(into: &buffer, from: 0) ?? 0
                try #require(got > 0, "the server closed its output")
                for case .line(let line) in splitter.feed(buffer[..<got]) {
                    pending.append(try JSON(parsing: line))
                }
            }
            return pending.removeFirst()
        }

        /// How a task stands.
        mutating func look(_ task: String) throws -> JSON {
            try send(-1, "tasks/get", ["taskId": .string(task)])
            return try next()
        }
    }

    @Test func `three hundred lasting calls make no more tasks than there is room for`() async {
        await #expect(processExitsWith: .success) {
            try PipelineTests.withPipeline { pipeline in
                var wire = try Wire(serving: pipeline, taskAfter: 0)
                for id in 0..<300 { try wire.call(id, milliseconds: 1000) }
                var tasks: Set<String> = []
                var ordinary = 0
                for _ in 0..<300 {
                    let answer = try wire.next()
                    let result = try #require(answer["result"])
                    if let task = result["taskId"]?.asString {
                        #expect(result["resultType"] == "task")
                        #expect(task.utf8.count == 2 * TaskBook.idBytes)
                        tasks.insert(task)
                    } else {
                        #expect(result["isError"] == true, "there is no worker")
                        ordinary += 1
                    }
                }
                #expect(tasks.count == TaskBook.maxTasks)
                #expect(ordinary == 300 - TaskBook.maxTasks)
                for task in tasks {
                    var state = try wire.look(task)
                    while state["result"]?["status"] == "working" { state = try wire.look(task) }
                    #expect(state["result"]?["status"] == "completed")
                    #expect(state["result"]?["result"]?["isError"] == true)
                }
            }
        }
    }

    @Test func `a request that became a task is over, and its id is free`() async {
        await #expect(processExitsWith: .success) {
            try PipelineTests.withPipeline { pipeline in
                var wire = try Wire(serving: pipeline, taskAfter: 0)
                var tasks: Set<String> = []
                for _ in 0..<3 {
                    try wire.call(1, milliseconds: 20_000)
                    let handle = try wire.next()
                    #expect(handle["id"] == 1)
                    #expect(handle["result"]?["status"] == "working")
                    #expect(handle["result"]?["statusMessage"] == "running, 0 s")
                    tasks.insert(try #require(handle["result"]?["taskId"]?.asString))
                }
                #expect(tasks.count == 3)
                for task in tasks {
                    try wire.send(2, "tasks/cancel", ["taskId": .string(task)])
                    let acknowledged = try wire.next()
                    #expect(acknowledged["result"]?["resultType"] == "complete")
                    let state = try wire.look(task)
                    #expect(state["result"]?["taskId"] == .string(task))
                }
            }
        }
    }
}
