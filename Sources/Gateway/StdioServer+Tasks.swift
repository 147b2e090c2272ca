// Tasks: calls that are answered with a handle because they last, and what is asked about them.

internal import Engine
internal import Kernel
internal import Ledger
internal import MCP
internal import Notation

extension StdioServer {
    /// Milliseconds of a clock that never steps back.
    static var now: Int64 { Moment.now.nanoseconds / 1_000_000 }

    /// Answers a call with a task, if it is still open and there is room; else it goes on as it
    /// was, and is answered at its end.
    func makeTask(of request: CallRequest, _ watch: CallWatch) {
        let id: String
        do throws(SystemError) { id = Hex.encode(try Entropy.bytes(TaskBook.idBytes)) } catch {
            return
        }
        let owner = Caller(request).identity
        let wall = WallClock.nanoseconds / 1_000_000
        let line: [UInt8]? = state.withLock { state in
            guard let open = state.open[request.id], open.watch === watch,
                state.conversation.isWanted(request.id),
                let handle = state.tasks.open(
                    id, for: owner, now: Self.now, wall: wall, watch.report)
            else { return nil }
            state.open[request.id] = nil
            state.working[id] = open
            _ = state.conversation.finished(request.id)
            watch.isTask(id)
            return encoder.handle(handle, to: request.id)
        }
        if let line { writer.write(line) }
    }

    /// What a call came to, for a task.
    func ending(_ answer: Pipeline.Answer) -> TaskBook.Ending {
        switch answer.content {
        case .result(let result):
            let bytes = encoder.body(result, era: .stateless)
            return answer.wasCancelled ? .cancelled(bytes) : .completed(bytes)
        case .inputRequired:
            // Asked before there is a task; a second question would have nobody to answer it.
            return .failed(.internalFault)
        }
    }

    /// Answers a request about a task.
    func look(_ request: TaskRequest) {
        let owner = Caller(request.id, .stateless, request.peer).identity
        let (line, stopped) = state.withLock { state -> ([UInt8], Cancellation?) in
            _ = state.conversation.finished(request.id)
            let working = state.working[request.taskID]
            let found = state.tasks.look(
                request.taskID, by: owner, now: Self.now, working?.watch?.report,
                isShown: request.verb == .get)
            guard let found else {
                return (encoder.failure(.unknownTask, to: request.id), nil)
            }
            switch request.verb {
            case .get: return (encoder.task(found, to: request.id), nil)
            case .update: return (encoder.acknowledgement(to: request.id), nil)
            case .cancel:
                return (encoder.acknowledgement(to: request.id), working?.cancellation)
            }
        }
        if let stopped { pipeline.cancel(stopped) }
        writer.write(line)
    }
}
