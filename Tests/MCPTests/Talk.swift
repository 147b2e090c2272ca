import MCP
import Notation

/// A conversation a test holds on to while it looks at it.
final class Talk {
    private(set) var conversation: Conversation

    init(_ conversation: Conversation) {
        self.conversation = conversation
    }

    func say(_ text: String) -> Step {
        conversation.receive(Fixture.line(text))
    }

    func greet(_ revision: Revision) {
        _ = say(
            #"{"jsonrpc":"2.0","id":"hello","method":"initialize","params":{"#
                + #""protocolVersion":"\#(revision.name)","capabilities":{}}}"#)
    }

    /// A request for a tool; the params are JSON.
    func call(_ params: String, id: String = "1") -> Step {
        say(#"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":\#(params)}"#)
    }

    func hear(_ item: LineSplitter.Item) -> Step {
        conversation.receive(item)
    }

    func finish(_ id: RequestID) -> Bool {
        conversation.finished(id)
    }
}
