// One call as its client sees it while it lasts: progress, and whether it becomes a task.
//
//     (came in) ──decided──▶ may become a task ──after its time──▶ task
//         └──────────────────────ended, cancelled──────────────────▶ closed
//
// INVARIANT: no progress follows the answer, the handle of a task or a cancel: those close first.
// INVARIANT: a call becomes a task only once it is decided, a person's approval included.

internal import Engine
internal import Kernel
internal import MCP
internal import Synchronization

/// Made for a call whose client wants progress or takes tasks; others are not watched.
final class CallWatch: Sendable {
    /// The first report of a call, and the next ones.
    private static let firstMilliseconds: Int64 = 1_000
    private static let everyMilliseconds: Int64 = 2_000
    /// A wait shorter than this is not worth a word.
    private static let noticeableMilliseconds: Int64 = 100

    private struct State {
        var ticker: ProgressTicker?
        /// Since when the call waits; nil: it runs.
        var waitingSince: Moment?
        var lastLine = ""
        var nextReport: Moment
        /// When it is to become a task; nil: never, or the time has come.
        var taskAt: Moment?
        /// Its time came before it was decided.
        var isOverdue = false
        var isDecided = false
        var isClosed = false
        var reminder: UInt64?
        var taskID: String?
    }

    private let startedAt: Moment
    private let state: Mutex<State>
    private let writer: LineWriter
    private let becomeTask: @Sendable (CallWatch) -> Void

    /// Nil: there is nothing to watch for.
    ///
    /// - Parameters:
    ///   - taskAfter: milliseconds until the call becomes a task; nil: its client takes none.
    ///   - becomeTask: makes a task of the call, if it is still open.
    init?(
        _ request: CallRequest, writer: LineWriter, taskAfter: Int64?,
        becomeTask: @escaping @Sendable (CallWatch) -> Void
    ) {
        let ticker = ProgressTicker(for: request)
        guard ticker != nil || taskAfter != nil else { return nil }
        let now = Moment.now
        startedAt = now
        self.writer = writer
        self.becomeTask = becomeTask
        state = Mutex(
            State(
                ticker: ticker,
                nextReport: now.advanced(byMilliseconds: Self.firstMilliseconds),
                taskAt: taskAfter.map { now.advanced(byMilliseconds: $0) }))
    }

    // MARK: What the call tells

    /// The call goes on: look after it from time to time. May be repeated.
    func lasts(_ reminders: Reminders) {
        state.withLock { state in
            guard !state.isClosed, state.reminder == nil, let due = Self.next(state) else { return }
            state.reminder = reminders.add(at: due) { [weak self] in self?.act($0) }
        }
    }

    /// How the call stands. A change after a wait is told at once.
    func note(_ progress: RunRequest.Progress) {
        let isNews = state.withLock { state in
            switch progress {
            case .waiting:
                if state.waitingSince == nil { state.waitingSince = .now }
                return false
            case .running(let lastLine):
                if !lastLine.isEmpty { state.lastLine = lastLine }
                guard let since = state.waitingSince.take() else { return false }
                let notable = since.advanced(byMilliseconds: Self.noticeableMilliseconds)
                return notable <= .now
            }
        }
        if isNews { tell() }
    }

    /// All is decided: from here on the call may become a task, and does if it is time.
    func decided() {
        note(.running(lastLine: ""))
        let isTime = state.withLock { state in
            state.isDecided = true
            return Self.isTime(&state, .now)
        }
        if isTime { becomeTask(self) }
    }

    /// The call is over for its request. Nothing is told of it any more.
    func close(_ reminders: Reminders) {
        let reminder = state.withLock { state in
            state.isClosed = true
            return state.reminder.take()
        }
        if let reminder { reminders.remove(reminder) }
    }

    // MARK: As a task

    /// Nil while it is none.
    var taskID: String? { state.withLock { $0.taskID } }

    func isTask(_ id: String) {
        state.withLock { state in
            state.taskID = id
            state.ticker = nil
        }
    }

    var report: ProgressReport { state.withLock { report($0, .now) } }

    // MARK: In time

    private func act(_ now: Moment) -> Moment? {
        let (mustTell, isTime) = state.withLock { state in
            (
                !state.isClosed && state.ticker != nil && state.nextReport <= now,
                Self.isTime(&state, now)
            )
        }
        if mustTell { tell() }
        if isTime { becomeTask(self) }
        return state.withLock { $0.isClosed ? nil : Self.next($0) }
    }

    /// Writes a report, unless the call has been closed by the time it is its turn.
    private func tell() {
        writer.write {
            self.state.withLock { state in
                let now = Moment.now
                let report = self.report(state, now)
                guard !state.isClosed, let line = state.ticker?.tick(report) else { return nil }
                state.nextReport = now.advanced(byMilliseconds: Self.everyMilliseconds)
                return line
            }
        }
    }

    private func report(_ state: State, _ now: Moment) -> ProgressReport {
        ProgressReport(
            phase: state.waitingSince == nil ? .running : .waiting,
            elapsedMilliseconds: now.nanoseconds(since: startedAt) / 1_000_000,
            lastLine: state.lastLine)
    }

    /// Whether the call is to become a task now. True once at most.
    private static func isTime(_ state: inout State, _ now: Moment) -> Bool {
        if let time = state.taskAt, time <= now {
            state.taskAt = nil
            state.isOverdue = true
        }
        guard state.isOverdue, state.isDecided, !state.isClosed else { return false }
        state.isOverdue = false
        return true
    }

    /// When there will be something to do.
    private static func next(_ state: State) -> Moment? {
        [state.ticker == nil ? nil : state.nextReport, state.taskAt].compactMap(\.self).min()
    }
}
