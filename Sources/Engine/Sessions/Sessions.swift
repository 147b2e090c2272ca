// Sessions: workers that are kept between calls, with their Python state.
//
//     run ──turn──▶ find or begin ──call──▶ goes on
//                                     └───▶ lost: exit, crash, a limit, a cancelled call
//
// A call that has to be stopped ends its session: Python can't be stopped half way and go on. What
// a call leaves running is ended with it, but for threads: they go on between calls, their output
// comes with the next call's, and their time counts against the session's CPU limit. Files a
// program has not closed are not flushed when its session ends otherwise than by `exit()`.
//
// INVARIANT: one call at a time in a session; sessions run side by side.
// INVARIANT: no lock is held while the kernel is asked for anything.

import Jail
import Kernel
import Notation
import Synchronization
package import Wire

package final class Sessions: Sendable {
    typealias Book = SessionBook<SlotWorker, SessionPlace>

    package let limits: SessionLimits
    let book: Monitor<Book>
    /// The keeper waits here: every call would wake it on the book.
    let ending = Monitor(false)
    private let makeEngine: @Sendable () throws -> Engine

    /// `engine` gives the engine whose slots sessions take; it is asked when one is needed.
    package init(engine: @escaping @Sendable () throws -> Engine, limits: SessionLimits) {
        self.limits = limits
        makeEngine = engine
        book = Monitor(Book(limits: limits))
    }

    // MARK: Calls

    /// Runs a job in a session, which begins if there is none of that id. Blocks until the outcome
    /// is known. Throws a `SessionRefusal`, or an `EngineError` when our own side failed.
    package func run(
        _ request: RunRequest, on template: TemplateName, in id: String, owner: String
    ) throws -> SessionRun {
        let key = try key(id, owner)
        let turn = Book.Turns.Turn.session(key)
        guard let ticket = takeTurn(turn, until: request.deadline, request.cancellation) else {
            return .notStarted(Self.waitedInVain(request))
        }
        defer { giveBack(turn, ticket) }
        buryIfDead(key)
        var isNew = false
        var lost: String?
        if !isAlive(key) {
            lost = try forgetLost(key)
            guard try begin(key, template, request) else {
                return .notStarted(Self.waitedInVain(request))
            }
            isNew = true
        }
        return try call(request, key, isNew: isNew, lost: lost)
    }

    /// Stops a call: its session ends with it, or it never gets its turn.
    package func cancel(_ cancellation: Cancellation) {
        cancellation.cancel()
        book.update { _ in }
    }

    private func isAlive(_ key: Book.Key) -> Bool {
        book.read { $0.sessions[key]?.process != nil }
    }

    /// Makes room for a new session where one is lost; tells why it is.
    private func forgetLost(_ key: Book.Key) throws(SessionRefusal) -> String? {
        let (lost, removal) = book.update { book in
            let lost = book.sessions[key]?.lost ?? book.obituaries[key]?.reason
            return (lost, book.drop(key, lost))
        }
        end(removal)
        try book.update { book throws(SessionRefusal) in try book.reserve(key) }
        return lost
    }

    /// Begins a reserved session; false: there was no slot in time, or the call is cancelled.
    private func begin(
        _ key: Book.Key, _ template: TemplateName, _ request: RunRequest
    ) throws -> Bool {
        do {
            try startKeeper()
            let opened = try SessionPlace.open(try makeEngine(), template, request)
            guard let opened else {
                book.update { $0.forgetReservation(key) }
                return false
            }
            let isWanted = book.update { book in
                if !book.isEnding {
                    book.begin(key, opened.worker, in: opened.place, at: Moment.now)
                }
                return !book.isEnding
            }
            if !isWanted { opened.place.end() }
            return isWanted
        } catch {
            book.update { $0.forgetReservation(key) }
            throw error
        }
    }

    private func call(
        _ request: RunRequest, _ key: Book.Key, isNew: Bool, lost: String?
    ) throws -> SessionRun {
        guard let begun = book.read({ $0.beginCall(key) }) else {
            throw SessionRefusal(.notFound, "the session '\(key.id)' has just been ended")
        }
        let place = begun.place
        // Later calls are where the one before has left off.
        var request = isNew ? place.engine.placed(request) : request
        request.job.isSession = true
        request.job.filename = "cell \(begun.number)"
        let others = place.engine.runs.add(1, ordering: .relaxed).oldValue
        let result = Result { () throws(EngineError) in
            try place.run(request, on: begun.process, isAlone: others == 0)
        }
        place.engine.runs.subtract(1, ordering: .relaxed)
        let outcome: Outcome? = if case .success(let run) = result { run.outcome } else { nil }
        let names = outcome?.report?.names
        let entry = HistoryEntry(
            code: request.job.code, output: outcome?.output.text ?? "",
            errors: outcome?.errors.text ?? "", status: outcome?.status ?? .crashed)
        let wasAlone = book.read {
            $0.endCall(key, begun, entry, names: names, at: Moment.now)
        }
        let ended = conclude(key, begun, outcome, wasAlone: wasAlone)
        let (finished, remains) = try result.get()
        return SessionRun(
            outcome: finished, remains: remains, walls: place.walls, isNew: isNew, lost: lost,
            ended: ended, calls: begun.number, names: ended == nil ? names : nil)
    }

    /// What the end of a call means for its session: why it is lost; nil: it goes on.
    private func conclude(
        _ key: Book.Key, _ call: Book.Call, _ outcome: Outcome?, wasAlone: Bool
    ) -> String? {
        var reason: String? = outcome.map(Self.ending) ?? "its process can no longer be reached"
        if reason == nil, wasAlone {
            let processes = book.read { $0.processes(of: call.tree) }
            if !call.place.endStrays(besides: processes) {
                reason = "processes it left running can't be ended"
            }
        }
        guard let reason else { return nil }
        let isGone = bury(key, call.birth, reason)
        return isGone
            ? reason : "\(reason). Its snapshots are still there: roll back to go on from one"
    }

    /// Why a session does not go on after this; nil: it does.
    private static func ending(_ outcome: Outcome) -> String? {
        if let claim = outcome.report?.claim {
            if case .exited(let code) = claim {
                return "its code asked to exit, with status \(code)"
            }
            return nil
        }
        switch outcome.status {
        case .timeout:
            return "a call was stopped at its time limit, and Python can't be stopped half way and "
                + "go on"
        case .cancelled:
            return "a call was cancelled, and Python can't be stopped half way and go on"
        case .memory: return "it needed more memory than there is for it"
        case .ok: return "its code ended its process"
        case .error, .killed, .crashed, .denied:
            return outcome.cause?.message ?? "its process ended"
        }
    }

    // MARK: Turns

    /// Waits for the turn; nil: it did not come in time, or the call is cancelled.
    func takeTurn(
        _ turn: Book.Turns.Turn, until deadline: Moment, _ cancellation: Cancellation? = nil
    ) -> Int? {
        let ticket = book.read { $0.turns.join(turn) }
        let isMine: Bool? = book.wait(until: deadline) { book in
            if cancellation?.isCancelled == true { return false }
            return book.turns.isFirst(ticket, at: turn) ? true : nil
        }
        if isMine == true { return ticket }
        giveBack(turn, ticket)
        return nil
    }

    func giveBack(_ turn: Book.Turns.Turn, _ ticket: Int) {
        let isAwaited = book.read { book in
            book.turns.leave(ticket, at: turn)
            return book.turns.isBusy(turn)
        }
        if isAwaited { book.update { _ in } }
    }

    private static func waitedInVain(_ request: RunRequest) -> Outcome {
        let isCancelled = request.cancellation.isCancelled
        let cause =
            isCancelled
            ? Outcome.Cause(type: "Cancelled", message: "the client cancelled the call.")
            : Outcome.Cause(
                type: "Timeout",
                message: "waited \(request.limitMilliseconds) ms for the session's other call, or "
                    + "for a free worker. Call it again when the other is over; the session is "
                    + "as it was.")
        return Outcome(
            status: isCancelled ? .cancelled : .timeout, report: nil, cause: cause, output: .none,
            errors: .none, usage: Outcome.Usage(processes: 0),
            limitMilliseconds: request.limitMilliseconds)
    }

    // MARK: Ending

    /// Ends a session, and the snapshots that no other session lives on.
    package func clear(_ id: String, owner: String) throws {
        let key = try key(id, owner)
        guard let running = book.read({ $0.sessions[key] }) else {
            let refusal = book.read { $0.noSession(key) }
            book.update { $0.obituaries[key] = nil }
            throw refusal
        }
        // A call under way ends now, and gives its turn back.
        if book.read({ $0.turns.isBusy(.session(key)) }) { running.process?.handle?.kill() }
        try withTurn(key) {
            end(
                book.update { book in
                    book.obituaries[key] = nil
                    return book.drop(key, nil)
                })
        }
    }

    /// Ends every session. Runs under way end, too.
    package func end() {
        ending.update { $0 = true }
        let removal = book.update { book in
            book.isEnding = true
            var removal = Book.Removal()
            for number in book.trees.keys {
                removal.places += book.loseTree(number, "the server has ended").places
            }
            return removal
        }
        end(removal)
    }

    /// The session's process is gone; true: and so is the session.
    @discardableResult
    func bury(_ key: Book.Key, _ birth: Int, _ reason: String) -> Bool {
        let (removal, isGone) = book.update { book in
            let removal = book.lose(key, birth: birth, reason)
            return (removal, book.sessions[key]?.birth != birth)
        }
        end(removal)
        return isGone
    }

    /// In its turn.
    func buryIfDead(_ key: Book.Key) {
        guard let session = book.read({ $0.sessions[key] }), let handle = session.process?.handle,
            handle.hasEnded()
        else { return }
        bury(key, session.birth, "its process ended between two calls")
    }

    func end(_ removal: Book.Removal) {
        for process in removal.processes { process.handle?.kill() }
        let limit = Moment.now.advanced(byMilliseconds: 2_000)
        for process in removal.processes { _ = process.handle?.hasEnded(by: limit) }
        for place in removal.places { place.end() }
    }

    // MARK: Names

    func key(_ id: String, _ owner: String) throws(SessionRefusal) -> Book.Key {
        try Self.check(id, "a session's id")
        return Book.Key(owner: owner, id: id)
    }

    static func check(_ name: String, _ what: String) throws(SessionRefusal) {
        let isPrintable = name.unicodeScalars.allSatisfy { scalar in
            !scalar.properties.isWhitespace && scalar.value >= 0x20
                && ![.control, .format, .surrogate, .unassigned, .privateUse].contains(
                    scalar.properties.generalCategory)
        }
        guard SessionLimits.nameCharacters.contains(name.unicodeScalars.count), isPrintable else {
            throw SessionRefusal(
                .notFound, "\(what) has 1 to 64 printable characters and no spaces")
        }
    }

    /// An id that nobody can guess: 128 random bits.
    static func freshIdentifier() throws(SystemError) -> String {
        Hex.encode(try Entropy.bytes(16))
    }
}
