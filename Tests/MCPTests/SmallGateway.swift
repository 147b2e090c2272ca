import MCP
import Notation

/// The least a gateway does: it performs steps and writes messages. Calls of `hold` wait for
/// `finish`, calls of `ask`, a tool that is not listed, for a person's yes; everything else is
/// answered at once.
struct SmallGateway {
    private(set) var conversation: Conversation
    private let encoder: Encoder
    private var splitter: LineSplitter
    private var held: [CallRequest] = []
    private var book: ApprovalBook
    private var tasks = TaskBook()
    /// Held calls that became tasks, by their requests.
    private var taskIDs: [RequestID: String] = [:]
    private var taskCount = 0
    private var retries = RetryApprovals(seal: .toy())
    private var asking: [RequestID: CallRequest] = [:]
    private var nonces: UInt8 = 0
    private var now: Int64 = 0

    init(maxLineBytes: Int = LineSplitter.standardMaxLineBytes, offer: Offer = .tools) {
        splitter = LineSplitter(maxLineBytes: maxLineBytes)
        encoder = Encoder(server: Fixture.server, offer: offer)
        conversation = Conversation(encoder: encoder)
        book = ApprovalBook(encoder: encoder, tag: "tag")
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
        let call = held.remove(at: place)
        guard let task = taskIDs.removeValue(forKey: id) else { return answer(call) }
        end(task, call)
        return []
    }

    /// Makes a task of a held call.
    mutating func makeTask(of id: RequestID) -> [[UInt8]] {
        guard let call = held.first(where: { $0.id == id }), call.acceptsTask else { return [] }
        taskCount += 1
        let task = "task-\(taskCount)"
        let report = ProgressReport(phase: .running, elapsedMilliseconds: now, lastLine: "so far")
        guard conversation.isWanted(id),
            let state = tasks.open(task, for: [1], now: now, wall: Fixture.wall + now, report)
        else { return [] }
        _ = conversation.finished(id)
        taskIDs[id] = task
        return [encoder.handle(state, to: id)]
    }

    private mutating func end(_ task: String, _ call: CallRequest, isCancelled: Bool = false) {
        guard let result = Fixture.result(of: call) else { return }
        let bytes = encoder.body(result, era: .stateless)
        tasks.finish(task, isCancelled ? .cancelled(bytes) : .completed(bytes), now: now)
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
            let list = encoder.toolList(Fixture.tools, for: request.era)
            return [encoder.response(to: request.id, result: list)]
        case .listResources, .listTemplates, .readResource, .listPrompts, .getPrompt, .complete:
            return offer(step)
        case .task(let request):
            guard conversation.finished(request.id) else { return [] }
            return [answer(request)]
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

    private mutating func offer(_ step: Step) -> [[UInt8]] {
        let (id, line) = Fixture.answer(to: step, encoder)
        return conversation.finished(id) ? [line] : []
    }

    private mutating func answer(_ request: TaskRequest) -> [UInt8] {
        let report = ProgressReport(phase: .running, elapsedMilliseconds: now, lastLine: "so far")
        guard let state = tasks.look(request.taskID, by: [1], now: now, report) else {
            return encoder.failure(.unknownTask, to: request.id)
        }
        guard request.verb != .get else { return encoder.task(state, to: request.id) }
        let call = taskIDs.first { $0.value == request.taskID }?.key
        if request.verb == .cancel, let place = held.firstIndex(where: { $0.id == call }) {
            end(request.taskID, held.remove(at: place), isCancelled: true)
        }
        return encoder.acknowledgement(to: request.id)
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
            return [encoder.inputRequired(question, state: state, to: call.id)]
        case .decided(let answer):
            return resolve(call, answer)
        }
    }

    private mutating func resolve(_ call: CallRequest, _ answer: ApprovalAnswer) -> [[UInt8]] {
        guard conversation.finished(call.id) else { return [] }
        let result = Approvals.result(of: answer)
        return [encoder.result(result, to: call.id, era: call.era)]
    }

    private func progress(of call: CallRequest) -> [[UInt8]] {
        guard var ticker = ProgressTicker(for: call) else { return [] }
        return [
            ticker.tick(
                ProgressReport(phase: .running, elapsedMilliseconds: 1250, lastLine: "half way"))
        ].compactMap(\.self)
    }

    private mutating func answer(_ call: CallRequest) -> [[UInt8]] {
        guard conversation.finished(call.id) else { return [] }
        guard let result = Fixture.result(of: call) else {
            let fault = ProtocolFault.unknownTool(call.tool, known: Fixture.tools.map(\.name))
            return [encoder.failure(fault, to: call.id)]
        }
        return [encoder.result(result, to: call.id, era: call.era)]
    }
}
