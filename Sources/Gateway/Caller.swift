// Who is calling, as far as anybody can know.

internal import MCP
package import Notation

/// The other side of a call. Only what the transport proves decides anything; a client's name for
/// itself is recorded and never believed.
package struct Caller: Sendable {
    /// `stdio` or `shell`.
    package var transport: String
    package var grant: String = ""
    package var session: String = ""
    /// Name and version as the client gave them.
    package var client: String = ""
    package var era: String = ""
    package var request: JSON = .null

    package static let shell = Caller(transport: "shell")
    /// The transport of a client that started us.
    static let stdio = "stdio"

    package init(transport: String) { self.transport = transport }

    /// The client of a request on standard input: whoever started us.
    init(_ request: CallRequest) {
        self.init(request.id, request.era, request.peer)
    }

    init(_ id: RequestID, _ era: Era, _ peer: Peer? = nil) {
        self.init(transport: Self.stdio)
        self.era = era.name
        request = id.json
        client = peer?.name ?? ""
    }

    /// What a person's yes is bound to.
    var identity: [UInt8] {
        JSON.array([.string(transport), .string(grant), .string(session)]).bytes
    }
}
