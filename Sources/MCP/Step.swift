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
    /// Answer with `Encoder.resourceList`; then as above.
    case listResources(ListRequest)
    /// Answer with `Encoder.templateList`; then as above.
    case listTemplates(ListRequest)
    /// Read a resource, answer with `Encoder.contents` or with a fault; then as above.
    case readResource(ReadRequest)
    /// Answer with `Encoder.promptList`; then as above.
    case listPrompts(ListRequest)
    /// Answer with `Encoder.prompt` or with a fault; then as above.
    case getPrompt(PromptRequest)
    /// Answer with `Encoder.completion` or with a fault; then as above.
    case complete(CompletionRequest)
    /// Ask the `TaskBook`, answer with `Encoder.task` or `Encoder.acknowledgement` or with a
    /// fault; then as above.
    case task(TaskRequest)
    /// Stop the work for this request; `Conversation.finished` will say not to answer it.
    case cancel(RequestID)
    /// The client answered a request of ours; nobody waits for it unless we asked.
    case response(ClientResponse)
    /// The steps of a batch, in order; each is answered on a line of its own.
    case several([Step])
    case nothing
}
