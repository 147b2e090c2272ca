// Calls: from the request to its answer, or to the handle of a task and its result.

internal import Engine
internal import Kernel
internal import MCP
internal import Notation

extension StdioServer {
    /// Prepares a call; what is returned carries it out. Nil: it is answered already.
    func start(
        _ request: CallRequest, of item: LineSplitter.Item
    ) -> CallThreads.InHand? {
        guard pipeline.has(request.tool) else {
            let fault = ProtocolFault.unknownTool(request.tool, known: pipeline.names)
            refusals.note(fault, in: item)
            send(encoder.failure(fault, to: request.id), to: request.id)
            return nil
        }
        let cancellation = Cancellation()
        let watch = watch(request)
        let count = open(request.id, OpenRequest(cancellation: cancellation, watch: watch))
        guard let count else { return nil }
        if count > CallThreads.most {
            // It will stand in line, where nothing else tells of it.
            watch?.note(.waiting)
            watch?.lasts(reminders)
        }
        var call = Pipeline.Call(
            tool: request.tool, arguments: request.arguments, cancellation: cancellation,
            caller: Caller(request))
        if let watch {
            call.progress = { watch.note($0) }
            call.decided = { watch.decided() }
        }
        call.ask = { subject, time in
            self.approvals.ask(request, subject, within: time) {
                self.state.withLock { $0.conversation.isWanted(request.id) }
            }
        }
        return { [call] handOver in
            var call = call
            call.underWay = {
                handOver.now()
                watch?.lasts(self.reminders)
            }
            self.answer(call, request, watch)
        }
    }

    /// What looks after a call while it lasts, for a client that wants to know.
    private func watch(_ request: CallRequest) -> CallWatch? {
        let takesTask = request.acceptsTask && encoder.offer.contains(.tasks)
        return CallWatch(request, writer: writer, taskAfter: takesTask ? taskAfter : nil) {
            self.makeTask(of: request, $0)
        }
    }

    private func answer(_ call: Pipeline.Call, _ request: CallRequest, _ watch: CallWatch?) {
        let answer = pipeline.answer(call)
        watch?.close(reminders)
        conclude(answer, request, watch)
        // Cleaning up takes longer than a small run: another thread reads on meanwhile.
        call.underWay?()
        pipeline.finish(answer)
    }

    private enum Due {
        case answer, nothing
        case task(String)
    }

    private func conclude(_ answer: Pipeline.Answer, _ request: CallRequest, _ watch: CallWatch?) {
        let due: Due = state.withLock { state in
            // Under the lock that makes tasks: either it is one by now, or never.
            if let task = watch?.taskID { return .task(task) }
            state.open.removeValue(forKey: request.id)
            return state.conversation.finished(request.id) ? .answer : .nothing
        }
        switch due {
        case .nothing: return
        case .answer: writer.write(encoded(answer, request))
        case .task(let id):
            let ending = ending(answer)
            state.withLock { state in
                state.working[id] = nil
                state.tasks.finish(id, ending, now: Self.now)
            }
        }
    }

    private func encoded(_ answer: Pipeline.Answer, _ request: CallRequest) -> [UInt8] {
        switch answer.content {
        case .result(let result): encoder.result(result, to: request.id, era: request.era)
        case .inputRequired(let question, let state, let meta):
            encoder.inputRequired(question, state: state, to: request.id, meta: meta)
        }
    }
}
