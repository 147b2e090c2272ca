// Whatever is encoded fits the published schema of its revision.

import MCP
import Notation
import Testing

@Suite struct EncoderTests {
    private let checkers: [Era: SchemaChecker]

    init() throws {
        checkers = try Dictionary(
            uniqueKeysWithValues: Era.all.map { era in
                switch era {
                case .handshake(let revision): (era, try SchemaChecker(revision: revision.name))
                case .stateless: (era, try SchemaChecker(revision: Era.statelessVersion))
                }
            })
    }

    /// These definitions narrow a wider one, so each part alone lists only some members.
    private func errorFaults(in message: JSON, as name: String) throws -> [String] {
        try SchemaChecker(revision: Era.statelessVersion, isStrict: false)
            .faults(in: message, as: name)
    }

    private func encoded(_ result: CallResult, _ era: Era) throws -> JSON {
        let line = Fixture.encoder.result(result, to: .integer(1), era: era)
        return try #require(try JSON(parsing: line)["result"])
    }

    @Test(arguments: Era.all)
    func `every kind of content fits the schema of every era`(_ era: Era) throws {
        let result = CallResult(
            content: Fixture.everyContent, structured: ["a": [1, nil]], isError: true,
            meta: ["sandboa/walls": ["landlock"]])
        let faults = checkers[era]?.faults(in: try encoded(result, era), as: "CallToolResult")
        #expect(faults == [])
    }

    @Test(arguments: Era.all)
    func `the list of tools has only what the era knows`(_ era: Era) throws {
        let list = Fixture.encoder.toolList(Fixture.tools, for: era)
        #expect(checkers[era]?.faults(in: list, as: "ListToolsResult") == [])
        let echo = try #require(list["tools"]?.asArray?.first)
        let annotated = era != .handshake(.november2024)
        #expect((echo["annotations"] != nil) == annotated)
        #expect((echo["title"] != nil) == era.hasTitles)
        #expect((echo["outputSchema"] != nil) == era.hasStructuredResults)
        #expect((list["ttlMs"] != nil) == (era == .stateless))
        #expect(echo["annotations"]?["title"] == (era == .handshake(.march2025) ? "Echo" : nil))
    }

    @Test func `a kept list is spliced into each answer`() throws {
        let list = Fixture.encoder.toolList(Fixture.tools, for: .stateless)
        #expect(
            Fixture.encoder.response(to: .string("a"), encodedResult: list.bytes)
                == Fixture.encoder.response(to: .string("a"), result: list))
    }

    @Test func `a link becomes a sentence where there are no links`() throws {
        let link = ResourceLink(uri: "sandboa://1", name: "a.txt", mime: "text/plain", bytes: 3)
        let old = try encoded(
            CallResult(content: [.resourceLink(link)]), .handshake(.november2024))
        #expect(
            old["content"]
                == [["type": "text", "text": "a.txt (text/plain, 3 bytes): sandboa://1"]])
        let bare = ResourceLink(uri: "sandboa://1", name: "a.txt")
        let new = try encoded(CallResult(content: [.resourceLink(bare)]), .stateless)
        #expect(
            new["content"] == [["type": "resource_link", "uri": "sandboa://1", "name": "a.txt"]])
    }

    @Test func `a structured result without text shows itself as text`() throws {
        let result = CallResult(content: [], structured: ["n": 1])
        #expect(
            try encoded(result, .handshake(.november2024))["content"]
                == [["type": "text", "text": #"{"n":1}"#]])
        let empty = CallResult(content: [])
        #expect(try encoded(empty, .stateless)["content"] == [])
    }

    @Test func `the server's own name can't be given twice`() throws {
        let result = CallResult(
            content: [], meta: ["io.modelcontextprotocol/serverInfo": "impostor", "a/b": 1])
        let meta = try encoded(result, .stateless)["_meta"]
        #expect(meta?["io.modelcontextprotocol/serverInfo"]?["name"] == "fixture")
        #expect(meta?["a/b"] == 1)
    }

    @Test func `meta is left out when there is nothing to say`() throws {
        let result = CallResult(content: [.text("x")])
        #expect(try encoded(result, .handshake(.november2025))["_meta"] == nil)
    }

    @Test func `what a worker printed can't break the line`() throws {
        let text = "a\nb\r\u{0}\u{1B}[31m\"\\\u{2028}é😀"
        let line = Fixture.encoder.result(
            CallResult(content: [.text(text)]), to: .string("\n\""), era: .stateless)
        #expect(!line.contains { $0 < 0x20 })
        let message = try JSON(parsing: line)
        #expect(message["id"] == "\n\"")
        #expect(message["result"]?["content"]?.asArray?.first?["text"] == .string(text))
    }

    @Test func `a missing capability is named in the data`() throws {
        let fault = ProtocolFault.missingClientCapability(["elicitation": [:]])
        let message = try JSON(parsing: Fixture.encoder.failure(fault, to: .integer(1)))
        #expect(message["error"]?["code"] == -32021)
        #expect(message["error"]?["data"] == ["requiredCapabilities": ["elicitation": [:]]])
        #expect(try errorFaults(in: message, as: "MissingRequiredClientCapabilityError") == [])
    }

    @Test func `an internal fault tells nothing about the inside`() throws {
        let line = Fixture.encoder.failure(.internalFault, to: .integer(1))
        #expect(try JSON(parsing: line)["error"]?["code"] == -32603)
    }

    @Test func `an unsupported version fits the official error`() throws {
        let step = Fixture.silence().say(
            #"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"#
                + #""io.modelcontextprotocol/protocolVersion":"1","#
                + #""io.modelcontextprotocol/clientCapabilities":{}}}}"#)
        let message = try #require(step.message)
        #expect(try errorFaults(in: message, as: "UnsupportedProtocolVersionError") == [])
    }
}
