package import Notation

/// A well-formed request to call a tool; whether the tool exists is not decided yet.
package struct CallRequest: Hashable, Sendable {
    /// Bytes of UTF-8 a tool name may have; the protocol's own upper bound.
    package static let maxToolNameBytes = 128

    package let id: RequestID
    package let era: Era
    package let tool: String
    /// Empty when the client sent none.
    package let arguments: JSONObject
    /// A string or an integer; nil when the client wants no progress.
    package let progressToken: JSON?
    /// `_meta` of the request as it came, envelope included.
    package let meta: JSONObject
    /// Who calls and what it can do: from this request's envelope, or from the handshake.
    package let peer: Peer
    /// Stateless only: what a retry brings back after an `input_required` result. Hostile input,
    /// like everything else here; only the shape has been checked.
    package let retry: Retry?

    /// Whether the client of this very request can take a task for an answer.
    package var acceptsTask: Bool { era == .stateless && peer.acceptsTasks }

    package var clientCapabilities: JSONObject { peer.capabilities }

    /// The answers and the state a client returns with its second try.
    package struct Retry: Hashable, Sendable {
        package let inputResponses: JSONObject
        package let requestState: String?
    }
}
