import Foundation
import MCP
import Notation

/// The server the tests talk to, and the way to its data files.
enum Fixture {
    static let server = ServerDescription(
        name: "fixture", title: "Fixture server", version: "1.2.3",
        instructions: "Call echo to hear yourself.")

    static let encoder = Encoder(server: server, offer: .tools)

    static let annotations = ToolAnnotations(
        readOnly: true, destructive: false, idempotent: true, openWorld: false)

    static let tools = [
        ToolListing(
            name: "echo", title: "Echo", description: "Returns its arguments.",
            inputSchema: ["type": "object"],
            outputSchema: ["type": "object", "additionalProperties": true],
            annotations: annotations),
        ToolListing(
            name: "hold", description: "Answers when told to.",
            inputSchema: ["type": "object", "additionalProperties": false],
            annotations: annotations),
        ToolListing(
            name: "rich", description: "Returns every kind of content.",
            inputSchema: ["type": "object", "additionalProperties": false],
            annotations: annotations),
        ToolListing(
            name: "fail", description: "Fails.",
            inputSchema: ["type": "object", "additionalProperties": false],
            annotations: annotations),
    ]

    static let everyContent: [Content] = [
        .text("two\nlines"),
        .image(base64: "iVBORw0KGgo=", mime: "image/png"),
        .resourceLink(
            ResourceLink(
                uri: "sandboa://artifact/1", name: "plot.png", mime: "image/png", bytes: 2048)),
        .resource(
            ResourceContents(uri: "sandboa://text", mime: "text/plain", body: .text("inside"))),
        .resource(ResourceContents(uri: "sandboa://blob", body: .blob(base64: "AAEC"))),
    ]

    /// What a fixture tool answers at once; nil for one that is not known.
    static func result(of call: CallRequest) -> CallResult? {
        switch call.tool {
        case "echo":
            CallResult(
                content: [], structured: call.arguments, meta: ["sandboa/profile": "compute"])
        case "hold": CallResult(content: [.text("held")])
        case "rich": CallResult(content: everyContent)
        case "fail":
            CallResult(content: [.text("It failed.")], structured: ["error": "x"], isError: true)
        default: nil
        }
    }

    /// Midnight of a day, in milliseconds since 1970.
    static let wall: Int64 = 1_790_000_000_000

    static func bytes(of path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: tests.appending(path: path)))
    }

    static let tests = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()

    /// `_meta` of a request of 2026-07-28.
    static let envelope: JSON = [
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": [:],
    ]

    static func line(_ text: String) -> [UInt8] {
        Array(text.utf8)
    }

    /// A conversation where nothing was said yet.
    static func silence() -> Talk {
        Talk(Conversation(encoder: encoder))
    }

    /// A conversation past the handshake.
    static func talk(_ revision: Revision = .newest) -> Talk {
        let talk = silence()
        _ = talk.say(
            #"{"jsonrpc":"2.0","id":"hello","method":"initialize","params":{"#
                + #""protocolVersion":"\#(revision.name)","capabilities":{"elicitation":{}}}}"#)
        return talk
    }
}
