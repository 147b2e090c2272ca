// Conversations, line by line: what is agreed, answered and refused.

import MCP
import Notation
import Testing

@Suite struct ConversationTests {
    @Test func `a call after the handshake carries what was agreed there`() throws {
        let talk = Fixture.talk(.june2025)
        let step = talk.call(
            #"{"name":"echo","arguments":{"n":1.50},"_meta":{"progressToken":7,"x/y":1}}"#)
        guard case .call(let request) = step else {
            Issue.record("not a call: \(step)")
            return
        }
        #expect(request.id == .integer(1))
        #expect(request.era == .handshake(.june2025))
        #expect(request.tool == "echo")
        #expect(request.arguments == ["n": .number("1.50")])
        #expect(request.progressToken == 7)
        #expect(request.meta == ["progressToken": 7, "x/y": 1])
        #expect(request.clientCapabilities == ["elicitation": [:]])
        #expect(request.retry == nil)
    }

    @Test func `a call with an envelope takes nothing from the handshake`() throws {
        let talk = Fixture.talk()
        let step = talk.call(#"{"name":"echo","_meta":\#(Fixture.envelope.text)}"#)
        guard case .call(let request) = step else {
            Issue.record("not a call: \(step)")
            return
        }
        #expect(request.era == .stateless)
        #expect(request.arguments.isEmpty)
        #expect(request.clientCapabilities.isEmpty)
        #expect(request.progressToken == nil)
        #expect(request.retry == nil)
    }

    @Test func `a second try brings its answers and its state`() {
        let talk = Fixture.silence()
        let step = talk.call(
            #"{"name":"echo","inputResponses":{"q":{"action":"accept"}},"#
                + #""requestState":"sealed","_meta":\#(Fixture.envelope.text)}"#)
        guard case .call(let request) = step else {
            Issue.record("not a call: \(step)")
            return
        }
        #expect(request.retry?.inputResponses == ["q": ["action": "accept"]])
        #expect(request.retry?.requestState == "sealed")
    }

    @Test func `an open call keeps its revision when another handshake comes`() {
        let talk = Fixture.talk(.november2024)
        guard case .call(let first) = talk.call(#"{"name":"echo"}"#) else {
            Issue.record("not a call")
            return
        }
        _ = talk.say(
            #"{"jsonrpc":"2.0","id":9,"method":"initialize","#
                + #""params":{"protocolVersion":"2025-11-25","capabilities":{}}}"#)
        #expect(first.era == .handshake(.november2024))
        #expect(talk.conversation.openRequests == [.integer(1)])
        #expect(talk.finish(.integer(1)))
    }

    @Test func `an answer may be written once, and not after a cancel`() {
        let talk = Fixture.talk()
        _ = talk.call(#"{"name":"hold"}"#, id: "1")
        _ = talk.call(#"{"name":"hold"}"#, id: "\"1\"")
        let cancel =
            #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#
        #expect(talk.say(cancel) == .cancel(.integer(1)))
        #expect(talk.say(cancel) == .nothing)
        #expect(!talk.finish(.integer(1)))
        #expect(talk.finish(.string("1")))
        #expect(!talk.finish(.string("1")))
        #expect(!talk.finish(.string("never asked")))
    }

    @Test func `a call is wanted until it is cancelled or finished`() {
        let talk = Fixture.talk()
        _ = talk.call(#"{"name":"hold"}"#, id: "1")
        _ = talk.call(#"{"name":"hold"}"#, id: "2")
        #expect(talk.conversation.isWanted(.integer(1)))
        #expect(!talk.conversation.isWanted(.string("1")))
        _ = talk.say(
            #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#)
        #expect(!talk.conversation.isWanted(.integer(1)))
        #expect(talk.finish(.integer(2)))
        #expect(!talk.conversation.isWanted(.integer(2)))
    }

    @Test func `a broken notification is not obeyed`() {
        let talk = Fixture.talk()
        _ = talk.call(#"{"name":"hold"}"#)
        for start in [#"{"#, #"{"jsonrpc":"1.0","#, #"{"jsonrpc":"2.0","result":1,"#] {
            let cancel = #""method":"notifications/cancelled","params":{"requestId":1}}"#
            let step = talk.say(start + cancel)
            #expect(step.message == nil && step.refusal == .message)
        }
        #expect(talk.finish(.integer(1)))
    }

    @Test func `a list is an open request like a call`() {
        let talk = Fixture.talk()
        let line = #"{"jsonrpc":"2.0","id":5,"method":"tools/list"}"#
        let request = ListRequest(id: .integer(5), era: .handshake(.november2025))
        #expect(talk.say(line) == .listTools(request))
        #expect(talk.say(line).errorCode == -32600)
        #expect(talk.finish(.integer(5)))
        #expect(talk.say(line) == .listTools(request))
    }

    @Test func `ids that look alike but differ in bytes are two ids`() {
        let talk = Fixture.talk()
        let composed = "\"\u{E9}\""
        let decomposed = "\"e\u{301}\""
        for id in [composed, decomposed] {
            guard case .call = talk.call(#"{"name":"hold"}"#, id: id) else {
                Issue.record("\(id) was refused")
                return
            }
        }
        #expect(talk.conversation.openRequests.count == 2)
    }

    @Test func `open requests have a limit`() {
        let talk = Fixture.talk()
        for id in 0..<Conversation.maxOpenRequests {
            _ = talk.call(#"{"name":"hold"}"#, id: "\(id)")
        }
        #expect(talk.conversation.openRequests.count == Conversation.maxOpenRequests)
        #expect(talk.call(#"{"name":"hold"}"#, id: "-1").errorCode == -32600)
        #expect(talk.finish(.integer(0)))
        guard case .call = talk.call(#"{"name":"hold"}"#, id: "-1") else {
            Issue.record("there was room again")
            return
        }
    }

    @Test func `a response of the client comes out with its id`() throws {
        let talk = Fixture.talk()
        let yes = talk.say(#"{"jsonrpc":"2.0","id":"q1","result":{"action":"accept"}}"#)
        let no = talk.say(#"{"jsonrpc":"2.0","id":2,"error":{"code":-1,"message":"no"}}"#)
        guard case .response(let accepted) = yes, case .response(let refused) = no else {
            Issue.record("not responses")
            return
        }
        #expect(accepted.id == .string("q1"))
        #expect(accepted.outcome == .result(["action": "accept"]))
        #expect(refused.id == .integer(2))
        #expect(refused.outcome == .failure(code: -1, message: "no"))
    }

    @Test(arguments: [
        #""error":"no""#, #""error":{"code":1}"#, #""error":{"code":"1","message":"x"}"#,
        #""result":{},"error":{"code":1,"message":"x"}"#,
    ])
    func `a broken response comes out as that, so nobody waits for a better one`(
        members: String
    ) {
        let step = Fixture.talk().say(#"{"jsonrpc":"2.0","id":"q1",\#(members)}"#)
        guard case .response(let response) = step else {
            Issue.record("not a response: \(step)")
            return
        }
        #expect(response.id == .string("q1"))
        #expect(response.outcome == .malformed)
    }

    @Test func `a server without tools has neither the capability nor the methods`() {
        let encoder = Encoder(server: Fixture.server, offer: [])
        let talk = Talk(Conversation(encoder: encoder))
        let discover = talk.say(
            #"{"jsonrpc":"2.0","id":1,"method":"server/discover","#
                + #""params":{"_meta":\#(Fixture.envelope.text)}}"#)
        #expect(discover.message?["result"]?["capabilities"] == [:])
        for method in ["tools/list", "tools/call"] {
            for meta in ["{}", Fixture.envelope.text] {
                let params = #"{"name":"echo","_meta":\#(meta)}"#
                let step = talk.say(
                    #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":\#(params)}"#)
                #expect(step.errorCode == -32601)
            }
        }
    }

    @Test func `a batch of one is that one`() {
        let talk = Fixture.talk(.march2025)
        let step = talk.say(#"[{"jsonrpc":"2.0","id":1,"method":"tools/list"}]"#)
        #expect(step == .listTools(ListRequest(id: .integer(1), era: .handshake(.march2025))))
    }

    @Test func `a line the splitter gave up on is answered without an id`() {
        let talk = Fixture.talk()
        let step = talk.hear(.tooLong(bytes: 5_000_000))
        #expect(step.errorCode == -32600)
        #expect(step.message?["id"] == nil)
    }
}
