import Notation

/// A request about a call that goes on after its answer, from a client that declared tasks.
package struct TaskRequest: Hashable, Sendable {
    package enum Verb: Hashable, Sendable {
        /// How does it stand?
        case get
        /// Answers to questions of the task. No task of ours has any, so they mean nothing.
        case update
        case cancel
    }

    /// Bytes of UTF-8 an id may have; ours have fewer, and a longer one is nobody's.
    package static let maxTaskIDBytes = 128

    package let id: RequestID
    package let verb: Verb
    package let taskID: String
    package let peer: Peer

    /// Checks the params first, the client's capability last, as the official suite expects.
    init(_ request: Request, _ verb: Verb, _ peer: Peer) throws(ProtocolFault) {
        id = request.id
        self.verb = verb
        self.peer = peer
        taskID = try request.text("taskId", "the task's id", atMost: Self.maxTaskIDBytes)
        if verb == .update, request.params["inputResponses"]?.asObject == nil {
            throw ProtocolFault(
                .invalidParams, "\(request.method) needs `inputResponses`, an object.")
        }
        guard peer.acceptsTasks else { throw ProtocolFault.tasksUndeclared }
    }
}
