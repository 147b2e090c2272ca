// What is declared is what is served, in the words of each era.

import MCP
import Notation
import Testing

@Suite struct OfferTests {
    private static let methods: [(String, Offer)] = [
        ("resources/list", .resources), ("resources/templates/list", .resources),
        ("resources/read", .resources), ("prompts/list", .prompts), ("prompts/get", .prompts),
        ("completion/complete", .completions),
    ]

    /// The code of a request with params that fit nothing.
    private func code(_ talk: Talk, _ method: String, _ meta: JSON) -> Int64? {
        talk.say(
            #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":{"cursor":"x","#
                + #""_meta":\#(meta.text)}}"#
        ).errorCode
    }

    @Test(arguments: Era.all)
    func `a method is there exactly when its capability is`(era: Era) {
        for (method, needed) in Self.methods {
            for offer in [Fixture.everything, Fixture.everything.subtracting(needed)] {
                let encoder = Encoder(server: Fixture.server, offer: offer)
                let talk = Talk(Conversation(encoder: encoder))
                var meta: JSON = [:]
                switch era {
                case .stateless: meta = Fixture.envelope
                case .handshake(let revision): talk.greet(revision)
                }
                let expected: Int64 = offer.contains(needed) ? -32602 : -32601
                #expect(code(talk, method, meta) == expected, "\(method)")
            }
        }
    }

    @Test func `capabilities are spelled for each era`() {
        let all = Fixture.everything
        let basic: JSONObject = ["tools": [:], "resources": [:], "prompts": [:]]
        #expect(all.capabilities(in: .handshake(.november2024)) == .object(basic))
        var later = basic
        later["completions"] = [:]
        #expect(all.capabilities(in: .handshake(.march2025)) == .object(later))
        #expect(all.capabilities(in: .handshake(.november2025)) == .object(later))
        later["extensions"] = [Offer.tasksExtension: [:]]
        #expect(all.capabilities(in: .stateless) == .object(later))
    }

    @Test func `tasks belong to the stateless era and to clients that declare them`() {
        let talk = Talk(Conversation(encoder: Fixture.fullEncoder))
        talk.greet(.newest)
        for method in ["tasks/get", "tasks/update", "tasks/cancel"] {
            let params = #""taskId":"x","inputResponses":{},"_meta""#
            let ask = { (meta: JSON) in
                talk.say(
                    #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":{"#
                        + #"\#(params):\#(meta.text)}}"#)
            }
            #expect(ask([:]).errorCode == -32601)
            let undeclared = ask(Fixture.envelope)
            #expect(undeclared.errorCode == -32021)
            #expect(
                undeclared.message?["error"]?["data"]
                    == ["requiredCapabilities": ["extensions": [Offer.tasksExtension: [:]]]])
            guard case .task(let request) = ask(Fixture.taskEnvelope) else {
                Issue.record("\(method) is no task request")
                continue
            }
            #expect(request.taskID == "x")
            #expect(talk.finish(request.id))
        }
    }

    @Test func `only the declaration of the very request makes a call a possible task`() {
        let talk = Talk(Conversation(encoder: Fixture.fullEncoder))
        talk.greet(.newest)
        let odd: JSON = [
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": [
                "extensions": ["io.modelcontextprotocol/tasks": true]
            ],
        ]
        let cases: [(JSON, Bool)] = [
            (Fixture.taskEnvelope, true), (Fixture.envelope, false), (odd, false), ([:], false),
        ]
        for (meta, accepts) in cases {
            guard case .call(let call) = talk.call(#"{"name":"echo","_meta":\#(meta.text)}"#)
            else {
                Issue.record("not a call")
                continue
            }
            #expect(call.acceptsTask == accepts)
            #expect(talk.finish(call.id))
        }
    }
}
