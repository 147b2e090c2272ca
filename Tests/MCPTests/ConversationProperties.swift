import MCP
import Notation
import Testing

/// What holds for every line anyone can send. The seed is the test argument.
@Suite struct ConversationProperties {
    /// Valid lines to start from, both eras and every kind of message.
    private static let seeds: [JSON] = [
        request("initialize", 1, ["protocolVersion": "2025-03-26", "capabilities": [:]]),
        ["jsonrpc": "2.0", "method": "notifications/initialized"],
        request("ping", "a", [:]),
        request("tools/list", 2, ["cursor": "x"]),
        request(
            "tools/call", 3,
            [
                "name": "echo", "arguments": ["a": [1, 2.5, "é"]],
                "_meta": ["progressToken": 1],
            ]),
        request(
            "tools/call", 4, ["name": "echo", "requestState": "s", "_meta": Fixture.envelope]),
        request("resources/read", "r", ["uri": "test://a", "_meta": Fixture.envelope]),
        request("prompts/get", "p", ["name": "x", "arguments": ["a": "b"]]),
        request(
            "completion/complete", "c",
            [
                "ref": ["type": "ref/prompt", "name": "x"], "argument": ["name": "a", "value": ""],
                "_meta": Fixture.envelope,
            ]),
        request("tasks/cancel", "t", ["taskId": "x", "_meta": Fixture.taskEnvelope]),
        request("server/discover", 5, ["_meta": Fixture.envelope]),
        [
            "jsonrpc": "2.0", "method": "notifications/cancelled",
            "params": ["requestId": 3],
        ],
        ["jsonrpc": "2.0", "id": 6, "result": ["action": "accept"]],
        [request("ping", 7, [:]), request("nope", 8, [:])],
    ]

    private static func request(_ method: JSON, _ id: JSON, _ params: JSON) -> JSON {
        ["jsonrpc": "2.0", "id": id, "method": method, "params": params]
    }

    /// Counts what a step does: messages to write, and actions that will lead to one.
    private func weigh(_ step: Step) -> (replies: Int, actions: Int) {
        switch step {
        case .reply: (1, 0)
        case .refuse(let refused): (refused.reply == nil ? 0 : 1, 0)
        case .call, .listTools, .listResources, .listTemplates, .readResource, .listPrompts,
            .getPrompt, .complete, .task:
            (0, 1)
        case .cancel, .response, .nothing: (0, 0)
        case .several(let steps):
            steps.map(weigh).reduce((0, 0)) { ($0.0 + $1.replies, $0.1 + $1.actions) }
        }
    }

    /// What one message must lead to, judged from the outside: nil when it is not plain.
    private func expectedAnswers(to value: JSON) -> Int? {
        guard let object = value.asObject else { return nil }
        guard object["method"]?.asString != nil else { return nil }
        return object["id"] == nil ? 0 : 1
    }

    private func check(_ line: [UInt8], _ conversation: inout Conversation) throws {
        let step = conversation.receive(line)
        let (replies, actions) = weigh(step)
        if let value = try? JSON(parsing: line, limits: Conversation.standardLimits) {
            if let expected = expectedAnswers(to: value) {
                #expect(replies + actions == expected, "\(value.text)")
            }
        } else {
            #expect(replies == 1 && actions == 0)
        }
        try checkReplies(step)
    }

    /// Whatever is written is one line, is JSON, and is a result or an error but not both.
    private func checkReplies(_ step: Step) throws {
        if case .several(let steps) = step {
            try steps.forEach(checkReplies)
        }
        let bytes: [UInt8]
        switch step {
        case .reply(let line): bytes = line
        case .refuse(let refused):
            guard let line = refused.reply else { return }
            bytes = line
        default: return
        }
        #expect(!bytes.contains(0x0A))
        let message = try JSON(parsing: bytes)
        #expect(message["jsonrpc"] == "2.0")
        #expect((message["result"] == nil) != (message["error"] == nil))
        #expect(message["id"] != .null)
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `random bytes get one error and nothing else`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var conversation = Fixture.talk(.march2025).conversation
        for _ in 0..<20 {
            let count = Int.random(in: 1...200, using: &random)
            let line = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            try check(line, &conversation)
        }
    }

    @Test(arguments: 0..<500 as Range<UInt64>)
    func `a mutated line is answered at most once and never traps`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var conversation = Conversation(encoder: Fixture.fullEncoder)
        for _ in 0..<20 {
            let seedLine = Self.seeds.randomElement(using: &random)
            var line = try #require(seedLine).bytes
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                mutate(&line, using: &random)
            }
            try check(line, &conversation)
        }
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `a message of random members gets one answer if it is a request`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var conversation = Fixture.talk(.june2025).conversation
        for _ in 0..<30 {
            try check(randomMessage(using: &random).bytes, &conversation)
        }
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func `every open request can be finished once`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var conversation = Fixture.talk(.june2025).conversation
        for _ in 0..<100 {
            _ = conversation.receive(randomMessage(using: &random).bytes)
        }
        for id in conversation.openRequests {
            _ = conversation.finished(id)
            let isWantedAgain = conversation.finished(id)
            #expect(!isWantedAgain)
        }
        #expect(conversation.openRequests.isEmpty)
    }

    private func mutate(_ line: inout [UInt8], using random: inout SeededGenerator) {
        guard let place = line.indices.randomElement(using: &random) else { return }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: line[place] = UInt8.random(in: 0...255, using: &random)
        case 1: line.remove(at: place)
        case 2: line.insert(Array("{}[]\",:0\\".utf8).randomElement(using: &random) ?? 0, at: place)
        default: line.removeSubrange(place...)
        }
    }

    private func randomMessage(using random: inout SeededGenerator) -> JSON {
        let odd: [JSON] = [nil, true, 0, 1, .number("1.5"), "", "x", [], [:], [[:]]]
        let methods: [JSON] = [
            "initialize", "ping", "server/discover", "tools/list", "tools/call", "nope",
            "notifications/cancelled", "resources/list", "resources/templates/list",
            "resources/read", "prompts/list", "prompts/get", "completion/complete", "tasks/get",
            "tasks/update", "tasks/cancel",
        ]
        let params: [JSON] = [
            ["name": "echo"], ["name": "hold", "arguments": [:]], ["_meta": Fixture.envelope],
            ["name": "echo", "_meta": Fixture.envelope], ["requestId": 1],
            ["protocolVersion": "2024-11-05", "capabilities": [:]], ["_meta": [:]],
            ["uri": "test://a", "_meta": Fixture.envelope], ["name": "x", "arguments": ["a": 1]],
            [
                "taskId": "x", "uri": "test:x", "inputResponses": [:],
                "_meta": Fixture.taskEnvelope,
            ],
        ]
        var message: JSONObject = ["jsonrpc": "2.0"]
        if Int.random(in: 0..<4, using: &random) > 0 {
            message["id"] = odd.randomElement(using: &random)
        }
        if Int.random(in: 0..<8, using: &random) > 0 {
            message["method"] = (methods + methods + odd).randomElement(using: &random)
        }
        if Bool.random(using: &random) {
            message["params"] = (params + params + odd).randomElement(using: &random)
        }
        if Int.random(in: 0..<10, using: &random) == 0 {
            message[["result", "error", "jsonrpc", "Method"].randomElement(using: &random) ?? ""] =
                odd.randomElement(using: &random)
        }
        return .object(message)
    }
}
