// MCP on standard input and output.
//
// Descriptors 0 and 1 are moved away at start, so that nothing but this file can touch the wire.
// One thread reads; calls run on threads of their own and answer as they finish; a cancel or a ping
// is never behind a call.

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

    private struct State {
        var conversation: Conversation
        var open: [RequestID: Cancellation] = [:]
        /// tools/list, encoded once per era and policy.
        var lists: [Era: (policy: String, bytes: [UInt8])] = [:]
    }

    private let pipeline: Pipeline
    private let encoder: Encoder
    private let state: Mutex<State>
    private let threads = CallThreads()
    private let writer: LineWriter
    private let input: Descriptor
    private let approvals: ApprovalDesk
    private let refusals: RefusalLog

    /// Takes descriptors 0 and 1 away from the rest of the program.
    package init(_ pipeline: Pipeline, encoder: Encoder) throws(SystemError) {
        self.pipeline = pipeline
        self.encoder = encoder
        refusals = pipeline.refusals(over: Caller.stdio)
        state = Mutex(State(conversation: Conversation(encoder: encoder)))
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
        if let inHand { enqueue(inHand) }
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
        case .cancel(let id): cancel(id)
        case .call(let request):
            if let earlier = inHand { enqueue(earlier) }
            inHand = start(request, of: item)
        }
    }

    private func enqueue(_ work: @escaping CallThreads.InHand) {
        // There is room: `start` admits no more calls than the threads and the line can take.
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
        let cancellation = state.withLock { $0.open.removeValue(forKey: id) }
        approvals.withdraw(id)
        if let cancellation { pipeline.cancel(cancellation) }
    }

    /// Prepares a call; what is returned carries it out. Nil: it is answered already.
    private func start(
        _ request: CallRequest, of item: LineSplitter.Item
    ) -> CallThreads.InHand? {
        guard pipeline.has(request.tool) else {
            refuse(request, .unknownTool(request.tool, known: pipeline.names), item)
            return nil
        }
        let cancellation = Cancellation()
        let isTaken = state.withLock { state in
            guard state.open.count < CallThreads.most + CallThreads.longestLine else {
                return false
            }
            state.open[request.id] = cancellation
            return true
        }
        guard isTaken else {
            let fault = ProtocolFault(.internalFault, "too many calls at once; try again later")
            refuse(request, fault, item)
            return nil
        }
        var call = Pipeline.Call(
            tool: request.tool, arguments: request.arguments, cancellation: cancellation,
            caller: Caller(request), progress: progress(for: request))
        call.ask = { subject, time in
            self.approvals.ask(request, subject, within: time) {
                self.state.withLock { $0.conversation.isWanted(request.id) }
            }
        }
        return { [call] handOver in
            var call = call
            call.underWay = { handOver.now() }
            self.answer(call, request)
        }
    }

    private func refuse(
        _ request: CallRequest, _ fault: ProtocolFault, _ item: LineSplitter.Item
    ) {
        refusals.note(fault, in: item)
        send(encoder.failure(fault, to: request.id), to: request.id)
    }

    private func answer(_ call: Pipeline.Call, _ request: CallRequest) {
        let answer = pipeline.answer(call)
        send(encoded(answer, request), to: request.id)
        // Cleaning up takes longer than a small run: another thread reads on meanwhile.
        call.underWay?()
        pipeline.finish(answer)
    }

    private func encoded(_ answer: Pipeline.Answer, _ request: CallRequest) -> [UInt8] {
        switch answer.content {
        case .result(let result): encoder.result(result, to: request.id, era: request.era)
        case .inputRequired(let question, let state, let meta):
            encoder.inputRequired(question, state: state, to: request.id, meta: meta)
        }
    }

    /// Sends the answer of a request, unless it was cancelled meanwhile.
    private func send(_ line: [UInt8], to id: RequestID) {
        let isWanted = state.withLock { state in
            state.open.removeValue(forKey: id)
            return state.conversation.finished(id)
        }
        if isWanted { writer.write(line) }
    }

    /// Reports progress about every two seconds, for a client that sent a token.
    private func progress(for request: CallRequest) -> (@Sendable (String) -> Void)? {
        guard let ticker = ProgressTicker(for: request) else { return nil }
        let shared = Shared(ticker)
        let started = Moment.now
        return { lastLine in
            let seconds = Moment.now.nanoseconds(since: started) / 1_000_000_000
            let text =
                lastLine.isEmpty
                ? "running, \(seconds) s" : "running, \(seconds) s: \(lastLine)"
            let isOpen = self.state.withLock { $0.open[request.id] != nil }
            guard isOpen, let line = shared.tick(seconds, text) else { return }
            self.writer.write(line)
        }
    }

    private final class Shared: Sendable {
        private let ticker: Mutex<ProgressTicker>
        init(_ ticker: ProgressTicker) { self.ticker = Mutex(ticker) }

        func tick(_ seconds: Int64, _ text: String) -> [UInt8]? {
            ticker.withLock { $0.tick(seconds, message: text) }
        }
    }
}
