package import Notation

/// One client's conversation: lines go in, steps come out.
///
/// A value without clock, threads or input and output; whoever owns the connection guards it and
/// performs the steps. The era is decided per request, by the envelope in `_meta`: a handshake
/// on a connection binds only the requests without one.
///
///     awaited ──initialize──▶ done(revision) ──initialize──▶ done(revision')
///
/// A second `initialize` is let through because bridges multiplex several clients onto one pipe;
/// calls already open keep the revision they came in.
///
/// INVARIANT: a request gets one reply or one action, never both; a notification or a response
/// gets no reply. Every request that became an action is in `open` until `finished`.
package struct Conversation: Sendable {
    /// Requests without an answer yet. Far more than any pool runs at once; it bounds memory.
    package static let maxOpenRequests = 4096
    /// Messages in one batch.
    package static let maxBatch = 100

    /// Encodes what this server sends.
    package let encoder: Encoder
    private let limits: JSONLimits
    private var handshake = Handshake.awaited
    private var open: [RequestID: Fate] = [:]

    private enum Handshake {
        case awaited
        case done(Revision, Peer)
    }

    /// Whether the answer to an open request is still wanted.
    private enum Fate {
        case wanted
        case cancelled
    }

    /// Two keys that differ by case only are refused: a reader that folds case, such as Go's,
    /// would see another call than policy judged.
    package static let standardLimits = JSONLimits(refusesCaseVariants: true)

    package init(encoder: Encoder, limits: JSONLimits = Conversation.standardLimits) {
        self.encoder = encoder
        self.limits = limits
    }

    /// Takes one line and says what to do about it.
    package mutating func receive(_ line: [UInt8]) -> Step {
        let value: JSON
        do {
            value = try JSON(parsing: line, limits: limits)
        } catch {
            return reply(
                Refusal(.unreadable(error), to: RefusedLine.requestID(in: line)))
        }
        if case .array(let messages) = value {
            return batch(messages)
        }
        return step(for: value, batched: false)
    }

    /// Takes what the splitter made of the stream.
    package mutating func receive(
        _ item: LineSplitter.Item, limit: Int = LineSplitter.standardMaxLineBytes
    ) -> Step {
        switch item {
        case .line(let bytes):
            receive(bytes)
        case .tooLong(let bytes):
            reply(Refusal(.lineTooLong(bytes: bytes, limit: limit), to: nil))
        }
    }

    /// Ends an open request. Says whether its answer may still be written: not after a cancel,
    /// and not twice.
    package mutating func finished(_ id: RequestID) -> Bool {
        open.removeValue(forKey: id) == .wanted
    }

    /// Whether the answer to an open request is still wanted: the client has not cancelled it.
    package func isWanted(_ id: RequestID) -> Bool {
        open[id] == .wanted
    }

    /// The requests that still wait for `finished`.
    package var openRequests: [RequestID] { Array(open.keys) }

    private func reply(_ refusal: Refusal) -> Step {
        .refuse(
            RefusedMessage(
                refusal.fault, reply: encoder.failure(refusal.fault, to: refusal.id)))
    }
}

// MARK: - Telling messages apart

extension Conversation {
    /// Batches belong to 2025-03-26 alone. Its answers go out one by one as they come, not as an
    /// array: every client matches answers by id, and a slow call must not hold up the others.
    private mutating func batch(_ messages: [JSON]) -> Step {
        guard case .done(let revision, _) = handshake, Era.handshake(revision).hasBatches else {
            let fault = ProtocolFault(
                .invalidRequest,
                "Only revision \(Revision.march2025.name) has batches. Send one object per line.",
                about: .batch)
            return reply(Refusal(fault, to: nil))
        }
        guard (1...Self.maxBatch).contains(messages.count) else {
            let fault = ProtocolFault(
                .invalidRequest, "A batch holds 1 to \(Self.maxBatch) messages.", about: .batch)
            return reply(Refusal(fault, to: nil))
        }
        let steps = messages.map { step(for: $0, batched: true) }.filter { $0 != .nothing }
        return switch steps.count {
        case 0: .nothing
        case 1: steps[0]
        default: .several(steps)
        }
    }

    private mutating func step(for value: JSON, batched: Bool) -> Step {
        do {
            switch try Message(value) {
            case .request(let request):
                return try answer(request, batched: batched)
            case .notification(let method, let params):
                return notice(method, params)
            case .response(let response):
                return .response(response)
            case .unanswerable:
                return ignored("A notification or a response makes no sense.")
            }
        } catch {
            return reply(error)
        }
    }

    /// The only notification that asks for something. An id that is not open is a cancel that
    /// crossed the answer, and means nothing.
    private mutating func notice(_ method: String, _ params: JSONObject) -> Step {
        if Method(rawValue: method) != nil {
            return ignored("A request came without an id: it is not carried out.")
        }
        guard method == "notifications/cancelled",
            let id = params["requestId"].flatMap(RequestID.init),
            open[id] == .wanted
        else {
            return .nothing
        }
        open[id] = .cancelled
        return .cancel(id)
    }

    /// What the protocol lets nobody answer.
    private func ignored(_ reason: String) -> Step {
        .refuse(RefusedMessage(ProtocolFault(.invalidRequest, reason), reply: nil))
    }

    private mutating func answer(_ request: Request, batched: Bool) throws(Refusal) -> Step {
        do throws(ProtocolFault) {
            guard open[request.id] == nil else {
                throw ProtocolFault(
                    .invalidRequest, "This id belongs to a request that is not answered yet.")
            }
            let meta = try request.meta()
            if Envelope.isPresent(in: meta) {
                guard !batched else {
                    throw ProtocolFault(
                        .invalidRequest, "\(Era.statelessVersion) has no batches.",
                        about: .batch)
                }
                return try answerStateless(request, meta)
            }
            guard !batched || request.method != Method.initialize.rawValue else {
                throw ProtocolFault(
                    .invalidRequest, "initialize can't be part of a batch.", about: .batch)
            }
            return try answerAfterHandshake(request, meta)
        } catch {
            throw Refusal(error, to: request.id)
        }
    }
}

// MARK: - The two eras

extension Conversation {
    private mutating func answerStateless(
        _ request: Request, _ meta: JSONObject
    ) throws(ProtocolFault) -> Step {
        let envelope = try Envelope(meta)
        switch offered(request.method) {
        case .discover:
            return .reply(encoder.discovery(to: request.id))
        case .getTask:
            return try task(request, .get, envelope.peer)
        case .updateTask:
            return try task(request, .update, envelope.peer)
        case .cancelTask:
            return try task(request, .cancel, envelope.peer)
        case .initialize, .ping, nil:
            throw methodNotFound(request.method, why: Method.removal(of: request.method))
        case .some(let method):
            return try act(on: request, method, meta, .stateless, envelope.peer)
        }
    }

    private mutating func answerAfterHandshake(
        _ request: Request, _ meta: JSONObject
    ) throws(ProtocolFault) -> Step {
        switch offered(request.method) {
        case .initialize:
            return try initialize(request)
        case .ping:
            return .reply(encoder.response(to: request.id, result: .object([:])))
        case .discover:
            throw Envelope.missing(
                Envelope.versionKey,
                "server/discover belongs to \(Era.statelessVersion), where requests carry it")
        case .getTask, .updateTask, .cancelTask, nil:
            throw methodNotFound(request.method, why: nil)
        case .some(let method):
            let (revision, peer) = try agreed()
            return try act(on: request, method, meta, .handshake(revision), peer)
        }
    }

    /// The methods that both eras have.
    private mutating func act(
        on request: Request, _ method: Method, _ meta: JSONObject, _ era: Era, _ peer: Peer
    ) throws(ProtocolFault) -> Step {
        let step: Step
        switch method {
        case .callTool:
            step = .call(try CallRequest(request, meta: meta, era: era, peer: peer))
        case .listTools: step = .listTools(try list(request, era))
        case .listResources: step = .listResources(try list(request, era))
        case .listTemplates: step = .listTemplates(try list(request, era))
        case .readResource: step = .readResource(try ReadRequest(request, era, peer))
        case .listPrompts: step = .listPrompts(try list(request, era))
        case .getPrompt: step = .getPrompt(try PromptRequest(request, era))
        case .complete: step = .complete(try CompletionRequest(request, era))
        case .initialize, .ping, .discover, .getTask, .updateTask, .cancelTask:
            preconditionFailure("a method of one era is dealt with there")
        }
        try admit(request.id)
        return step
    }

    private mutating func task(
        _ request: Request, _ verb: TaskRequest.Verb, _ peer: Peer
    ) throws(ProtocolFault) -> Step {
        let step = Step.task(try TaskRequest(request, verb, peer))
        try admit(request.id)
        return step
    }

    private mutating func initialize(_ request: Request) throws(ProtocolFault) -> Step {
        guard let asked = request.params["protocolVersion"]?.asString else {
            throw ProtocolFault(
                .invalidParams,
                "initialize needs `protocolVersion`, a string such as \"\(Revision.newest.name)\".")
        }
        var capabilities: JSONObject = [:]
        if let value = request.params["capabilities"] {
            guard let members = value.asObject else {
                throw ProtocolFault(.invalidParams, "`capabilities` has to be an object.")
            }
            capabilities = members
        }
        let revision = Revision(name: asked) ?? Revision.newest
        handshake = .done(
            revision, Peer(capabilities: capabilities, info: request.params["clientInfo"]))
        return .reply(encoder.welcome(to: request.id, revision))
    }

    private func agreed() throws(ProtocolFault) -> (revision: Revision, peer: Peer) {
        guard case .done(let revision, let peer) = handshake else {
            throw ProtocolFault(
                .invalidRequest,
                "Nothing is agreed yet: send initialize first, or put the envelope of "
                    + "\(Era.statelessVersion) into `_meta`.")
        }
        return (revision, peer)
    }

    /// The one page of a list. No cursor was ever handed out, so none can be right.
    private func list(_ request: Request, _ era: Era) throws(ProtocolFault) -> ListRequest {
        guard request.params["cursor"] == nil else {
            throw ProtocolFault(
                .invalidParams, "Unknown cursor: the list has one page. Ask again without one.")
        }
        return ListRequest(id: request.id, era: era)
    }

    private mutating func admit(_ id: RequestID) throws(ProtocolFault) {
        guard open.count < Self.maxOpenRequests else {
            throw ProtocolFault(
                .invalidRequest,
                "\(Self.maxOpenRequests) requests are open already. Wait for answers first.",
                about: .server)
        }
        open[id] = .wanted
    }

    private func offered(_ name: String) -> Method? {
        guard let method = Method(rawValue: name), encoder.offer.isSuperset(of: method.needs) else {
            return nil
        }
        return method
    }

    private func methodNotFound(_ name: String, why: String?) -> ProtocolFault {
        let rest = why ?? "The capabilities this server declares say what it serves."
        return ProtocolFault(
            .methodNotFound, "No method \(Excerpt.quote(name)) here. " + rest,
            reason: "No such method here. " + rest)
    }
}
