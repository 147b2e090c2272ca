// Going back in time: a snapshot is a process that stays what it is, and is forked when needed.
//
// Scratch files belong to all of a tree: they are not rolled back.

import Kernel
package import Wire

extension Sessions {
    /// Parks the session as it is now, and goes on with a fork of it.
    package func checkpoint(
        _ id: String, label: String?, owner: String
    ) throws -> SnapshotState {
        let key = try key(id, owner)
        if let label { try Self.check(label, "a label") }
        return try withTurn(key) {
            let snapshot = try takeSnapshot(key, label)
            return book.read { $0.state(of: snapshot, at: Moment.now) }.state
        }
    }

    /// Goes back to a snapshot of the session's tree; nil: to the one it came from last. What it
    /// was since then is gone, if no other snapshot holds it.
    package func rollback(
        _ id: String, to snapshot: String?, owner: String
    ) throws -> SessionState {
        let key = try key(id, owner)
        try withTurn(key) {
            let target = try book.read { book throws(SessionRefusal) in
                try book.snapshot(snapshot, for: key)
            }
            let live = try fork(target)
            let before = book.update {
                $0.rollBack(key, to: target, live: live, at: Moment.now)
            }
            end(Book.Removal(processes: before.map { [$0] } ?? []))
            tidy(target.tree)
        }
        return try state(key)
    }

    /// A further session, from a snapshot of this one's tree, or from what it is now.
    package func branch(
        _ id: String, from snapshot: String?, into name: String?, owner: String
    ) throws -> SessionState {
        let key = try key(id, owner)
        let fresh = try self.key(try name ?? Self.freshIdentifier(), owner)
        return try withTurn(key) {
            guard let session = book.read({ $0.sessions[key] }) else {
                throw book.read { $0.noSession(key) }
            }
            try book.update { book throws(SessionRefusal) in try book.reserve(fresh) }
            do {
                // One that is lost can only go on from what it was; one that has not been called
                // since it was forked is what its snapshot is.
                let target =
                    snapshot == nil && session.process != nil && session.isChanged
                    ? try takeSnapshot(key, nil)
                    : try book.read { book throws(SessionRefusal) in
                        try book.snapshot(snapshot, for: key)
                    }
                let live = try fork(target)
                book.update { $0.branch(fresh, from: target, live: live, at: Moment.now) }
            } catch {
                book.update { $0.forgetReservation(fresh) }
                throw error
            }
            return try state(fresh)
        }
    }

    /// Does something with a session while no call of it is under way.
    func withTurn<Result>(_ key: Book.Key, _ work: () throws -> Result) throws -> Result {
        let turn = Book.Turns.Turn.session(key)
        let limit = Moment.now.advanced(byMilliseconds: SessionLimits.patienceMilliseconds)
        guard let ticket = takeTurn(turn, until: limit) else {
            throw SessionRefusal(
                .busy, "a call of session '\(key.id)' is under way: try again when it is over")
        }
        defer { giveBack(turn, ticket) }
        return try work()
    }

    // MARK: Forks

    private func takeSnapshot(_ key: Book.Key, _ label: String?) throws -> Book.Snapshot {
        guard let session = book.read({ $0.sessions[key] }) else {
            throw book.read { $0.noSession(key) }
        }
        guard let process = session.process, process.handle?.hasEnded() == false else {
            bury(key, session.birth, session.lost ?? "its process ended between two calls")
            throw SessionRefusal(
                .notFound,
                "the session '\(key.id)' is lost (\(session.lost ?? "its process has ended")): "
                    + "roll back to a snapshot, or run code to begin anew")
        }
        try book.read { book throws(SessionRefusal) in
            try book.checkRoom(above: session.depth, forSnapshot: true)
        }
        let live: SlotWorker
        do {
            live = try fork(process, in: session.tree)
        } catch ForkFailure.lost(let reason) {
            bury(key, session.birth, reason)
            throw SessionRefusal(
                .notFound, "the session '\(key.id)' is lost: \(reason). Run code to begin anew")
        }
        let id = try Self.freshIdentifier()
        let snapshot = book.update {
            $0.takeSnapshot(key, id: id, label: label, live: live, at: Moment.now)
        }
        guard let snapshot else {
            live.handle?.kill()
            throw book.read { $0.noSession(key) }
        }
        return snapshot
    }

    /// A fork of a snapshot.
    private func fork(_ snapshot: Book.Snapshot) throws -> SlotWorker {
        let turn = Book.Turns.Turn.snapshot(snapshot.id)
        let limit = Moment.now.advanced(byMilliseconds: SessionLimits.patienceMilliseconds)
        guard let ticket = takeTurn(turn, until: limit) else {
            throw SessionRefusal(
                .busy, "the snapshot '\(snapshot.id)' is in use: try again in a moment")
        }
        defer { giveBack(turn, ticket) }
        try book.read { book throws(SessionRefusal) in
            try book.checkRoom(above: snapshot.depth, forSnapshot: false)
        }
        do {
            return try fork(snapshot.process, in: snapshot.tree)
        } catch ForkFailure.lost(let reason) {
            end(book.update { $0.lose(snapshot, "its snapshot is gone: \(reason)") })
            throw SessionRefusal(
                .notFound,
                "the snapshot '\(snapshot.id)' is gone: \(reason). Take another one, or begin a "
                    + "new session")
        }
    }

    /// Forks a process of a tree. A `.lost` is left to the caller; other failures are refusals.
    private func fork(_ process: SlotWorker, in tree: Int) throws -> SlotWorker {
        let found = book.read { ($0.trees[tree]?.place, $0.processes(of: tree)) }
        guard let place = found.0 else {
            throw SessionRefusal(.notFound, "the session has just been ended")
        }
        if let obstacle = place.obstacle {
            throw SessionRefusal(.unsupported, "no snapshots here: \(obstacle)")
        }
        guard place.hasRoom(with: found.1) else {
            throw SessionRefusal(
                .limit,
                "the sessions of this tree together hold all the memory they may: delete what is "
                    + "not needed, or end one with \(limits.clearingWith)")
        }
        do throws(ForkFailure) {
            return try place.fork(process, known: found.1)
        } catch {
            switch error {
            case .lost: throw error
            case .obstacles(let obstacles):
                throw SessionRefusal(
                    .unsupported,
                    "a snapshot could not hold all of this session: "
                        + obstacles.joined(separator: "; ") + ". Then try again")
            case .failed(let reason):
                throw SessionRefusal(
                    .limit,
                    "no further process fits into this tree (\(reason)): end a session of it with "
                        + limits.clearingWith)
            }
        }
    }

    /// What a session that was ended has left running, once nobody else of its tree runs.
    private func tidy(_ tree: Int) {
        let found = book.read { book in
            (book.trees[tree], book.processes(of: tree))
        }
        guard let tree = found.0, tree.callsUnderWay == 0 else { return }
        _ = tree.place.endStrays(besides: found.1)
    }
}
