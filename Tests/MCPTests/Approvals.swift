// What the tests of approval share: a question, a seal without cryptography, and requests.

import MCP
import Notation
import Testing

enum Approvals {
    /// How long the tests' questions wait, in milliseconds.
    static let lifetime: Int64 = 60_000

    static func question(
        tool: String = "ask", rule: String = "a person decides", arguments: String = "{}",
        walls: String = "compute: no network"
    ) -> ElicitationQuestion {
        ElicitationQuestion(tool: tool, rule: rule, arguments: arguments, walls: walls)
    }

    static func result(of answer: ApprovalAnswer) -> CallResult {
        switch answer {
        case .approved:
            CallResult(content: [.text("ran")])
        case .denied(let denial):
            CallResult(
                content: [.text(denial.sentence)], structured: ["code": .string(denial.code)],
                isError: true)
        }
    }

    /// A call of the tool, past a handshake or with an envelope.
    static func call(
        _ era: Era, capabilities: JSON = ["elicitation": [:]], arguments: JSON = [:],
        retry: JSONObject = [:], id: JSON = 1
    ) throws -> CallRequest {
        var params: JSONObject = ["name": "ask", "arguments": arguments]
        for (key, value) in retry { params[key] = value }
        var conversation = Conversation(encoder: Fixture.encoder)
        switch era {
        case .handshake(let revision):
            let hello: JSON = [
                "jsonrpc": "2.0", "id": "hello", "method": "initialize",
                "params": [
                    "protocolVersion": .string(revision.name), "capabilities": capabilities,
                ],
            ]
            _ = conversation.receive(hello.bytes)
        case .stateless:
            params["_meta"] = [
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities": capabilities,
            ]
        }
        let line: JSON = [
            "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": .object(params),
        ]
        guard case .call(let call) = conversation.receive(line.bytes) else {
            throw NotACall(line: line.text)
        }
        return call
    }

    struct NotACall: Error {
        let line: String
    }

    /// A response of the client, read as any line is.
    static func response(_ id: JSON, _ members: JSONObject) throws -> ClientResponse {
        var message: JSONObject = ["jsonrpc": "2.0", "id": id]
        for (key, value) in members { message[key] = value }
        var conversation = Conversation(encoder: Fixture.encoder)
        guard case .response(let response) = conversation.receive(JSON.object(message).bytes)
        else {
            throw NotACall(line: JSON.object(message).text)
        }
        return response
    }

    static let yes: JSON = ["action": "accept", "content": ["approve": true]]

    /// Every answer a client may give, and what it counts for.
    static let answers: [(JSON, ApprovalAnswer)] = [
        (yes, .approved),
        (["action": "accept", "content": ["approve": true, "x": [1]], "_meta": [:]], .approved),
        (["action": "accept", "content": ["approve": false]], .denied(.declined)),
        (["action": "decline"], .denied(.declined)),
        (["action": "decline", "content": ["approve": true]], .denied(.declined)),
        (["action": "cancel"], .denied(.cancelled)),
        (["action": "cancel", "content": ["approve": true]], .denied(.cancelled)),
        (["action": "accept"], .denied(.malformed)),
        (["action": "accept", "content": [:]], .denied(.malformed)),
        (["action": "accept", "content": nil], .denied(.malformed)),
        (["action": "accept", "content": true], .denied(.malformed)),
        (["action": "accept", "content": [["approve", true]]], .denied(.malformed)),
        (["action": "accept", "content": ["approve": "true"]], .denied(.malformed)),
        (["action": "accept", "content": ["approve": 1]], .denied(.malformed)),
        (["action": "accept", "content": ["approve": nil]], .denied(.malformed)),
        (["action": "accept", "content": ["approve": [true]]], .denied(.malformed)),
        (["action": "accept", "content": ["Approve": true]], .denied(.malformed)),
        (["action": "accept", "approve": true], .denied(.malformed)),
        (["action": "Accept", "content": ["approve": true]], .denied(.malformed)),
        (["action": ["accept"], "content": ["approve": true]], .denied(.malformed)),
        (["content": ["approve": true]], .denied(.malformed)),
        ([:], .denied(.malformed)), ([], .denied(.malformed)), (nil, .denied(.malformed)),
        (true, .denied(.malformed)), ("accept", .denied(.malformed)),
    ]
}

extension StateSeal {
    /// Mixes bytes well enough that a changed one shows. Any other key gives other seals.
    static func toy(key: UInt64 = 7) -> StateSeal {
        StateSeal(mac: { mix($0, seed: key) }, hash: { mix($0, seed: 0) })
    }

    private static func mix(_ bytes: [UInt8], seed: UInt64) -> [UInt8] {
        var mixer = SeededGenerator(seed: seed &* 31 &+ UInt64(bytes.count))
        for byte in bytes {
            mixer = SeededGenerator(seed: mixer.next() ^ UInt64(byte))
        }
        return (0..<StateSeal.bytes).map { _ in UInt8.random(in: 0...255, using: &mixer) }
    }
}
