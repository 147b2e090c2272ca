// What a record is told of a refused message: what it was about, and never a word of it.

import MCP
import Notation
import Testing

@Suite struct RefusedMessageTests {
    /// Stands in every line below where a client could have written anything.
    private static let word = "zebra"

    private static func request(_ method: String, _ params: String = "{}") -> String {
        #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":\#(params)}"#
    }

    private static func envelope(_ members: String) -> String {
        let prefix = "io.modelcontextprotocol/"
        return #"{"name":"zebra","_meta":{"\#(prefix)clientCapabilities":{},\#(members)}}"#
    }

    @Test(
        arguments: [
            ("zebra", .line), (#"{"zebra":1,"zebra":2}"#, .line),
            (#"{"zebra":1,"Zebra":2}"#, .line),
            (#"{"zebra":1e}"#, .line), ("[1]", .batch), (#""zebra""#, .message),
            (#"{"jsonrpc":"2.0","id":1,"zebra":1}"#, .message),
            (#"{"jsonrpc":"2.0","id":{"zebra":1},"method":"ping"}"#, .message),
            (request("zebra"), .method), (request("tools/zebra"), .method),
            (request("tools/call"), .params),
            (request("tools/list", #"{"cursor":"zebra"}"#), .params),
            (request("tools/call", #"{"name":"a","arguments":["zebra"]}"#), .params),
            (request("ping", #"["zebra"]"#), .params),
            (request("tools/call", envelope(#""x":1"#)), .envelope),
            (
                request(
                    "tools/call",
                    envelope(#""io.modelcontextprotocol/protocolVersion":"zebra""#)), .envelope
            ),
        ] as [(String, ProtocolFault.Subject)])
    func `a refusal has a subject and a reason without the client's words`(
        line: String, subject: ProtocolFault.Subject
    ) throws {
        let step = Fixture.talk().say(line)
        guard case .refuse(let refused) = step else {
            Issue.record("not refused: \(step)")
            return
        }
        #expect(refused.fault.subject == subject)
        #expect(refused.reply != nil)
        #expect(!refused.fault.reason.isEmpty)
        #expect(!refused.fault.reason.lowercased().contains(Self.word))
    }

    @Test func `a line too long is told by its length`() {
        let step = Fixture.talk().hear(.tooLong(bytes: 5_000_000))
        #expect(step.refusal == .line)
        #expect(step.errorCode == -32600)
    }

    @Test(arguments: ["tools/call", "tools/list", "initialize", "ping"])
    func `a request without an id is refused and not answered`(method: String) {
        let step = Fixture.talk().say(#"{"jsonrpc":"2.0","method":"\#(method)","params":{}}"#)
        #expect(step.refusal == .message && step.message == nil)
    }

    @Test func `a notification of another kind is none of a refusal`() {
        let talk = Fixture.talk()
        #expect(talk.say(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#) == .nothing)
        #expect(talk.say(#"{"jsonrpc":"2.0","method":"notifications/zebra"}"#) == .nothing)
    }

    @Test func `refusals in a batch are told one by one`() {
        let step = Fixture.talk(.march2025).say("[\(Self.request("zebra")),1,null]")
        guard case .several(let steps) = step else {
            Issue.record("not several: \(step)")
            return
        }
        #expect(steps.map(\.refusal) == [.method, .message, .message])
    }

    // 30
    @Test(
        arguments: [
            ("ech\u{43E}", "U+043E CYRILLIC SMALL LETTER O"), ("echo\u{200B}", "U+200B ZERO WIDTH"),
            ("\u{202E}echo", "U+202E RIGHT-TO-LEFT"), ("\u{FF45}cho", "U+FF45 FULLWIDTH"),
            ("echo ", "U+0020 SPACE"), ("ec\u{301}ho", "U+0301 COMBINING"),
        ])
    func `an unknown tool that looks like a known one is told apart`(name: String, shown: String) {
        let fault = ProtocolFault.unknownTool(name, known: ["echo", "hold"])
        #expect(fault.subject == .tool && fault.code == .invalidParams)
        #expect(fault.message.contains(shown))
        #expect(fault.message.contains("Did you mean \"echo\"?"))
        #expect(fault.reason.contains(shown) && fault.reason.contains("echo."))
        #expect(!fault.reason.contains(name))
    }

    @Test func `an unknown tool's name is in no record`() {
        let fault = ProtocolFault.unknownTool("zebra", known: ["echo"])
        #expect(fault.message.contains("zebra") && !fault.reason.contains("zebra"))
    }
}
