// MCP on standard input and output.
//
// Descriptors 0 and 1 are moved away at start, so that nothing but this file can touch the wire.
// One thread reads; calls run on threads of their own and answer as they finish; a cancel or a ping
// is never behind a call. What else there is to do for a request is in the extensions of this type.

import Engine
package import Kernel
package import MCP
import Notation
import Synchronization

/// One conversation with the client that started this program.
package final class StdioServer: Sendable {
    /// Why the server stopped.
    package enum Ending: Sendable { case inputEnded, signaled(CInt), orphaned }

    /// Calls under way when the input ends may finish within this time; then they are stopped.
    static let graceMilliseconds: Int64 = 500
    /// Told when the process that started us ends, whatever becomes of the pipes.
    private static let parentSignal: CInt = 10  // SIGUSR1

    /// A call that runs longer is answered with a task, where the client takes one.
    package static let taskAfterMilliseconds: Int64 = 5_000

    /// A request that is being worked on.
    struct OpenRequest {
        let cancellation: Cancellation
        var watch: CallWatch?
    }

    struct State {
        var conversation: Conversation
        var open: [RequestID: OpenRequest] = [:]
        var tasks = TaskBook()
        /// The calls of tasks that still work.
        var working: [String: OpenRequest] = [:]
        /// tools/list, encoded once per era and policy.
        var lists: [Era: (policy: String, bytes: [UInt8])] = [:]
    }

    let pipeline: Pipeline
    let encoder: Encoder
    let resources: ResourceRoom
    let prompts: PromptBook
    let taskAfter: Int64
    let state: Mutex<State>
    let threads = CallThreads()
    let reminders: Reminders
    let writer: LineWriter
    private let input: Descriptor
    let approvals: ApprovalDesk
    let refusals: RefusalLog

    /// Takes descriptors 0 and 1 away from the rest of the program. What is served of resources,
    /// prompts and tasks is what the encoder's offer declares.
    package init(
        _ pipeline: Pipeline, encoder: Encoder, resources: ResourceRoom = ResourceRoom([]),
        prompts: PromptBook = .python, taskAfter: Int64 = StdioServer.taskAfterMilliseconds
    ) throws(SystemError) {
        self.pipeline = pipeline
        self.encoder = encoder
        self.resources = resources
        self.prompts = prompts
        self.taskAfter = taskAfter
        refusals = pipeline.refusals(over: Caller.stdio)
        state = Mutex(State(conversation: Conversation(encoder: encoder)))
        reminders = try Reminders()
        input = try Files.duplicate(0)
        let writer = LineWriter(try Files.duplicate(1))
        self.writer = writer
        approvals = try ApprovalDesk(encoder: encoder) { writer.write($0) }
        try Files.open("/dev/null").place(at: 0)
        try Files.duplicate(2).place(at: 1)
    }

    /// Serves until the input ends, a signal comes, or the parent is gone.
    package func serve() throws(SystemError) -> Ending {
        try Signal.ignore(Signal.pipe)
        let parent = Processes.parentPid
        let signals = try Signal.descriptor(
            for: [Signal.terminate, Signal.hangup, Signal.interrupt, Self.parentSignal])
        try Processes.signalWhenParentEnds(Self.parentSignal)
        var ends = try Pipe()
        let ended = ends.takeReader()
        let source = InputSource(input: try Files.duplicate(input.raw), ended: ends.takeWriter())
        threads.lead { self.readOn(source) }
        var poller = Poller()
        let signal = poller.add(signals.raw, .readable)
        let end = poller.add(ended.raw, .readable)
        defer { refusals.end() }
        while true {
            _ = try poller.wait(until: nil)
            if !poller[signal].isEmpty {
                let number = try Signal.next(from: signals)
                if number != Self.parentSignal { return .signaled(number) }
                // Also sent when only the thread that started us ends: then go on.
                if Processes.parentPid != parent { return .orphaned }
                try Processes.signalWhenParentEnds(Self.parentSignal)
            }
            if !poller[end].isEmpty {
                approvals.end()
                _ = threads.drain(until: .now.advanced(byMilliseconds: Self.graceMilliseconds))
                return .inputEnded
            }
        }
    }

    // MARK: Steps

    /// One turn of reading: every line that arrived is dealt with, the last call left in hand.
    private func readOn(_ source: InputSource) -> CallThreads.Reading {
        var inHand: CallThreads.InHand?
        let (items, isAtEnd) = source.next()
        for item in items {
            let step = state.withLock {
                $0.conversation.receive(item, limit: LineSplitter.standardMaxLineBytes)
            }
            perform(step, of: item, &inHand)
        }
        guard isAtEnd else { return .more(inHand) }
        inHand.map(enqueue)
        source.end()
        return .ended
    }

    private func perform(
        _ step: Step, of item: LineSplitter.Item, _ inHand: inout CallThreads.InHand?
    ) {
        switch step {
        case .nothing: return
        case .response(let response): approvals.take(response)
        case .reply(let line): writer.write(line)
        case .refuse(let refused):
            refusals.note(refused.fault, in: item)
            if let line = refused.reply { writer.write(line) }
        case .several(let steps): for step in steps { perform(step, of: item, &inHand) }
        case .listTools(let request): list(request)
        case .listResources(let request): listResources(request)
        case .listTemplates(let request): listTemplates(request)
        case .readResource(let request): read(request)
        case .listPrompts(let request): listPrompts(request)
        case .getPrompt(let request): prompt(request)
        case .complete(let request): complete(request)
        case .task(let request): look(request)
        case .cancel(let id): cancel(id)
        case .call(let request):
            inHand.map(enqueue)
            inHand = start(request, of: item)
        }
    }

    func enqueue(_ work: @escaping CallThreads.InHand) {
        // There is room: `open` admits no more requests than the threads and the line can take.
        let isTaken = threads.submit { work(CallThreads.HandOver {}) }
        precondition(isTaken, "an admitted call finds a place in line")
    }

    private func list(_ request: ListRequest) {
        let policy = pipeline.policyHash
        let encoded = state.withLock { state in
            _ = state.conversation.finished(request.id)
            if let known = state.lists[request.era], known.policy == policy { return known.bytes }
            let (tools, policy) = pipeline.listings()
            let fresh = encoder.toolList(tools, for: request.era).bytes
            state.lists[request.era] = (policy, fresh)
            return fresh
        }
        writer.write(encoder.response(to: request.id, encodedResult: encoded))
    }

    private func cancel(_ id: RequestID) {
        let request = state.withLock { $0.open.removeValue(forKey: id) }
        request?.watch?.close(reminders)
        approvals.withdraw(id)
        if let request { pipeline.cancel(request.cancellation) }
    }

    /// Takes on a request that needs a thread: how many there are now. Nil: there are too many, and
    /// it has been said.
    func open(_ id: RequestID, _ request: OpenRequest) -> Int? {
        let most = CallThreads.most + CallThreads.longestLine
        let count: Int? = state.withLock { state in
            let count = state.open.count + state.working.count
            guard count < most else { return nil }
            state.open[id] = request
            return count + 1
        }
        if count == nil {
            let fault = ProtocolFault(.internalFault, "too many calls at once; try again later")
            send(encoder.failure(fault, to: id), to: id)
        }
        return count
    }

    /// Sends the answer of a request, unless it was cancelled meanwhile.
    func send(_ line: [UInt8], to id: RequestID) {
        let isWanted = state.withLock { state in
            state.open.removeValue(forKey: id)
            return state.conversation.finished(id)
        }
        if isWanted { writer.write(line) }
    }
}
