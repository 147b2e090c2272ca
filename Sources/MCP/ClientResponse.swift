package import Notation

/// The client's answer to a request of ours. Only the handshake era has such requests.
package struct ClientResponse: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        case result(JSON)
        case failure(code: Int64, message: String)
        /// Neither a result nor an error that can be read: no answer gets better by waiting.
        case malformed
    }

    package let id: RequestID
    package let outcome: Outcome
}
