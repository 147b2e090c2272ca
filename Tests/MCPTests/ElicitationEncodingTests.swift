// What is sent to ask a person fits the published schema of its revision, to the letter.

import MCP
import Notation
import Testing

@Suite struct ElicitationEncodingTests {
    private static let eras: [Era] = [.handshake(.june2025), .handshake(.november2025)]

    private func asked(_ era: Era) throws -> JSON {
        var book = ApprovalBook(encoder: Fixture.encoder, tag: "tag")
        let call = try Approvals.call(era)
        guard case .send(let line) = book.ask(Approvals.question(), for: call, until: 1) else {
            throw Approvals.NotACall(line: "not asked")
        }
        return try JSON(parsing: line)
    }

    private func faults(_ message: JSON, as name: String, _ era: Era) throws -> [String] {
        guard case .handshake(let revision) = era, case .object(var members) = message else {
            return ["no message"]
        }
        let checker = try SchemaChecker(revision: revision.name)
        let frame = checker.faults(in: message, as: "JSONRPCMessage")
        if revision < .november2025 {
            // JSON-RPC's own members are missing from the older schemas' messages.
            (members["jsonrpc"], members["id"]) = (nil, nil)
        }
        return frame + checker.faults(in: .object(members), as: name)
    }

    @Test(arguments: eras)
    func `the request fits its schema`(_ era: Era) throws {
        #expect(try faults(asked(era), as: "ElicitRequest", era) == [])
    }

    @Test func `the request has these members in this order`() throws {
        let form =
            #""requestedSchema":{"type":"object","properties":{"approve":{"type":"boolean","#
            + #""title":"Approve this call","description":"Lets the call run once, exactly as "#
            + #"shown.","default":false}},"required":["approve"]}"#
        let message = JSON.string(Approvals.question().message).text
        let start =
            #"{"jsonrpc":"2.0","id":"sandboa-tag-1","method":"elicitation/create","params":{"#
        #expect(
            try asked(.handshake(.june2025)).text
                == start + #""message":\#(message),\#(form)}}"#)
        #expect(
            try asked(.handshake(.november2025)).text
                == start + #""mode":"form","message":\#(message),\#(form)}}"#)
    }

    @Test(arguments: eras)
    func `taking a question back fits its schema`(_ era: Era) throws {
        var book = ApprovalBook(encoder: Fixture.encoder, tag: "tag")
        _ = book.ask(Approvals.question(), for: try Approvals.call(era), until: 5)
        let actions = book.expire(now: 5)
        guard case .send(let line) = try #require(actions.first) else {
            Issue.record("nothing was sent")
            return
        }
        let message = try JSON(parsing: line)
        #expect(try faults(message, as: "CancelledNotification", era) == [])
        #expect(
            message.text == #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"#
                + #""requestId":"sandboa-tag-1","reason":"Nobody answered in time."}}"#)
    }

    @Test func `the result that asks fits its schema`() throws {
        let line = Fixture.encoder.inputRequired(
            Approvals.question(), state: "sealed", to: .string("a"),
            meta: ["sandboa/category": "Execute"])
        let message = try JSON(parsing: line)
        let result = try #require(message["result"])
        let checker = try SchemaChecker(revision: Era.statelessVersion)
        #expect(checker.faults(in: result, as: "InputRequiredResult") == [])
        #expect(checker.faults(in: message, as: "CallToolResultResponse") == [])
        #expect(
            result.asObject?.keys == ["resultType", "inputRequests", "requestState", "_meta"])
        #expect(result["resultType"] == "input_required")
        #expect(result["requestState"] == "sealed")
        let request = result["inputRequests"]?["approval"]
        #expect(request?.asObject?.keys == ["method", "params"])
        #expect(request?["params"]?.asObject?.keys == ["mode", "message", "requestedSchema"])
        #expect(result["_meta"]?["sandboa/category"] == "Execute")
    }

    @Test func `the checker would notice a form of another shape`() throws {
        let checker = try SchemaChecker(revision: Era.statelessVersion)
        let wrong: JSON = [
            "resultType": "input_required",
            "inputRequests": ["q": ["method": "elicitation/create", "params": ["message": 1]]],
        ]
        #expect(checker.faults(in: wrong, as: "InputRequiredResult") != [])
    }
}
