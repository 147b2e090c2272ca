// Resources, prompts and completions.
//
// A source of resources may run something, so it is asked on a call's thread; a read can be
// cancelled like a call.

internal import Engine
internal import MCP

extension StdioServer {
    func listResources(_ request: ListRequest) {
        work(on: request.id) { _ in
            let caller = Caller(request.id, request.era)
            return self.encoder.resourceList(
                self.resources.listings(for: caller), to: request.id, era: request.era)
        }
    }

    func listTemplates(_ request: ListRequest) {
        work(on: request.id) { _ in
            let caller = Caller(request.id, request.era)
            return self.encoder.templateList(
                self.resources.templates(for: caller), to: request.id, era: request.era)
        }
    }

    func read(_ request: ReadRequest) {
        work(on: request.id) { cancellation in
            let caller = Caller(request.id, request.era, request.peer)
            switch self.resources.read(request.uri, for: caller, cancellation) {
            case .contents(let contents, let caching):
                return self.encoder.contents(
                    contents, caching: caching, to: request.id, era: request.era)
            case .notFound:
                let fault = ProtocolFault.unknownResource(request.uri, in: request.era)
                return self.encoder.failure(fault, to: request.id)
            case .refused(let reason):
                let fault = ProtocolFault.unreadResource(request.uri, reason)
                return self.encoder.failure(fault, to: request.id)
            }
        }
    }

    func listPrompts(_ request: ListRequest) {
        send(
            encoder.promptList(prompts.listings, to: request.id, era: request.era),
            to: request.id)
    }

    func prompt(_ request: PromptRequest) {
        let line: [UInt8]
        do throws(ProtocolFault) {
            let (listing, messages) = try prompts.prompt(request.name, request.arguments)
            line = encoder.prompt(
                messages, description: listing.description, to: request.id, era: request.era)
        } catch { line = encoder.failure(error, to: request.id) }
        send(line, to: request.id)
    }

    func complete(_ request: CompletionRequest) {
        work(on: request.id) { _ in
            do throws(ProtocolFault) {
                return self.encoder.completion(
                    try self.values(request), to: request.id, era: request.era)
            } catch { return self.encoder.failure(error, to: request.id) }
        }
    }

    private func values(_ request: CompletionRequest) throws(ProtocolFault) -> [String] {
        switch request.reference {
        case .prompt(let name):
            return try prompts.complete(name, request.argument, prefix: request.value)
        case .template(let template):
            return try resources.complete(
                template, request.argument, prefix: request.value,
                for: Caller(request.id, request.era))
        }
    }

    /// Answers a request on a thread of its own.
    private func work(
        on id: RequestID, _ line: @escaping @Sendable (Cancellation) -> [UInt8]
    ) {
        let cancellation = Cancellation()
        guard open(id, OpenRequest(cancellation: cancellation)) != nil else { return }
        enqueue { _ in self.send(line(cancellation), to: id) }
    }
}
