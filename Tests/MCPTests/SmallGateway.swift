import MCP
import Notation

/// The least a gateway does: it performs steps and writes messages. Calls of `hold` wait for
/// `finish`, calls of `ask`, a tool that is not listed, for a person's yes; everything else is
/// answered at once.
struct SmallGateway {
    private(set) var conversation = Conversation(encoder: Fixture.encoder)
    private var splitter: LineSplitter
    private var held: [CallRequest] = []
    private var book = ApprovalBook(encoder: Fixture.encoder, tag: "tag")
    private var retries = RetryApprovals(seal: .toy())
    private var asking: [RequestID: CallRequest] = [:]
    private var nonces: UInt8 = 0
    private var now: Int64 = 0

    init(maxLineBytes: Int = LineSplitter.standardMaxLineBytes) {
        splitter = LineSplitter(maxLineBytes: maxLineBytes)
    }

    /// Everything the server says to these bytes of the stream.
    mutating func receive(_ bytes: [UInt8]) -> [[UInt8]] {
        splitter.feed(bytes).flatMap {
            perform(conversation.receive($0, limit: splitter.maxLineBytes))
        }
    }

    /// Ends a held call.
    mutating func finish(_ id: RequestID) -> [[UInt8]] {
        guard let place = held.firstIndex(where: { $0.id == id }) else { return [] }
        return answer(held.remove(at: place))
    }

    /// Lets time pass.
    mutating func wait(milliseconds: Int64) -> [[UInt8]] {
        now += milliseconds
        return perform(book.expire(now: now))
    }

    private mutating func perform(_ step: Step) -> [[UInt8]] {
        switch step {
        case .reply(let message):
            return [message]
        case .refuse(let refused):
            return [refused.reply].compactMap(\.self)
        case .call(let call) where call.tool == "hold":
            held.append(call)
            return progress(of: call)
        case .call(let call) where call.tool == "ask":
            return approve(call)
        case .call(let call):
            return progress(of: call) + answer(call)
        case .listTools(let request):
            guard conversation.finished(request.id) else { return [] }
            let list = Fixture.encoder.toolList(Fixture.tools, for: request.era)
            return [Fixture.encoder.response(to: request.id, result: list)]
        case .several(let steps):
            return steps.flatMap { perform($0) }
        case .cancel(let id):
            return perform(book.cancel(id))
        case .response(let response):
            return perform(book.answer(response, now: now))
        case .nothing:
            return []
        }
    }

    private mutating func perform(_ actions: [ApprovalBook.Action]) -> [[UInt8]] {
        actions.flatMap { action -> [[UInt8]] in
            switch action {
            case .send(let line): [line]
            case .resolve(let id, let answer):
                asking.removeValue(forKey: id).map { resolve($0, answer) } ?? []
            }
        }
    }

    private mutating func approve(_ call: CallRequest) -> [[UInt8]] {
        let question = Approvals.question(arguments: JSON.object(call.arguments).text)
        guard call.era == .stateless else {
            switch book.ask(question, for: call, until: now + Approvals.lifetime) {
            case .send(let line):
                asking[call.id] = call
                return [line]
            case .denied(let denial):
                return resolve(call, .denied(denial))
            }
        }
        nonces += 1
        let terms = RetryApprovals.Terms(
            now: now, lifetimeMilliseconds: Approvals.lifetime,
            nonce: [UInt8](repeating: nonces, count: RetryApprovals.nonceBytes))
        let subject = ApprovalSubject(
            tool: call.tool, arguments: call.arguments, policyHash: "p1", client: [],
            question: question)
        switch retries.judge(call, subject, on: terms) {
        case .ask(let state):
            guard conversation.finished(call.id) else { return [] }
            return [Fixture.encoder.inputRequired(question, state: state, to: call.id)]
        case .decided(let answer):
            return resolve(call, answer)
        }
    }

    private mutating func resolve(_ call: CallRequest, _ answer: ApprovalAnswer) -> [[UInt8]] {
        guard conversation.finished(call.id) else { return [] }
        let result = Approvals.result(of: answer)
        return [Fixture.encoder.result(result, to: call.id, era: call.era)]
    }

    private func progress(of call: CallRequest) -> [[UInt8]] {
        guard var ticker = ProgressTicker(for: call) else { return [] }
        return [ticker.tick(1, of: 2, message: "half way")].compactMap(\.self)
    }

    private mutating func answer(_ call: CallRequest) -> [[UInt8]] {
        guard conversation.finished(call.id) else { return [] }
        guard let result = Fixture.result(of: call) else {
            let fault = ProtocolFault.unknownTool(call.tool, known: Fixture.tools.map(\.name))
            return [Fixture.encoder.failure(fault, to: call.id)]
        }
        return [Fixture.encoder.result(result, to: call.id, era: call.era)]
    }
}
