/// What the gateway has to do about one line. Exactly one of these per request; `nothing` for
/// a notification that asks for nothing.
package enum Step: Hashable, Sendable {
    /// Write this message; the newline is the writer's.
    case reply([UInt8])
    /// Write the error, where there is one, and keep a record that something was refused.
    case refuse(RefusedMessage)
    /// Run a tool, answer with `Encoder.result`, and tell the conversation when it is finished.
    case call(CallRequest)
    /// Answer with the list of tools, and tell the conversation when it is finished.
    case listTools(ListRequest)
    /// Stop the work for this request; `Conversation.finished` will say not to answer it.
    case cancel(RequestID)
    /// The client answered a request of ours; nobody waits for it unless we asked.
    case response(ClientResponse)
    /// The steps of a batch, in order; each is answered on a line of its own.
    case several([Step])
    case nothing
}
