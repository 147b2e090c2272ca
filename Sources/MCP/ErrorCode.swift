/// The JSON-RPC error codes this server sends. Nothing of our own: what a model can act on is a
/// tool result, not an error.
package enum ErrorCode: Int64, Sendable {
    /// The line is not JSON we can read.
    case unreadable = -32700
    /// JSON, but not a message: no method, a bad id, a batch where there are none.
    case invalidRequest = -32600
    /// No such method, or it belongs to a capability that was not offered.
    case methodNotFound = -32601
    /// Bad params, an unknown tool, a bad cursor, an incomplete envelope.
    case invalidParams = -32602
    /// Our fault. The text stays general: inner details are for the log.
    case internalFault = -32603
    /// Handshake revisions only: 2026-07-28 says `invalidParams`, and forbids this one.
    case resourceNotFound = -32002
    /// Stateless only: the call can't go on without a capability the client did not declare.
    case missingClientCapability = -32021
    /// Stateless only: the envelope names a version that is not served.
    case unsupportedVersion = -32022
}
