// The book as its owners see it. Pure.

import Kernel
import Wire

extension SessionBook {
    /// What is known of a session, and the process that knows the rest.
    func state(of key: Key, at now: Moment) -> (state: SessionState, process: Process?)? {
        guard let session = sessions[key] else { return nil }
        let isBusy = turns.isBusy(.session(key))
        let age = now.nanoseconds(since: session.bornAt) / 1_000_000
        let idle = isBusy ? 0 : now.nanoseconds(since: session.usedAt) / 1_000_000
        let left = min(limits.lifeMilliseconds - age, limits.idleMilliseconds - idle)
        let state = SessionState(
            id: key.id, calls: session.record.calls, names: isBusy ? nil : session.record.names,
            ageSeconds: age / 1000, idleSeconds: idle / 1000, secondsLeft: max(0, left / 1000),
            memoryBytes: 0,
            snapshots: snapshots.values.count { $0.birth == session.birth }, isBusy: isBusy,
            origin: session.origin)
        return (state, session.process)
    }

    func state(
        of snapshot: Snapshot, at now: Moment
    ) -> (state: SnapshotState, process: Process) {
        let state = SnapshotState(
            id: snapshot.id, label: snapshot.label, session: snapshot.session.id,
            parent: snapshot.parent, calls: snapshot.record.calls,
            ageSeconds: now.nanoseconds(since: snapshot.takenAt) / 1_000_000_000, memoryBytes: 0)
        return (state, snapshot.process)
    }

    /// An owner's sessions, the oldest first.
    func keys(of owner: String) -> [Key] {
        sessions.filter { $0.key.owner == owner }.sorted { $0.value.birth < $1.value.birth }
            .map(\.key)
    }

    /// The sessions and snapshots of a tree, the oldest first.
    func members(of tree: Int) -> (sessions: [Key], snapshots: [Snapshot]) {
        (
            sessions.filter { $0.value.tree == tree }.sorted { $0.value.birth < $1.value.birth }
                .map(\.key),
            snapshots.values.filter { $0.tree == tree }
                .sorted { ($0.depth, $0.takenAt) < ($1.depth, $1.takenAt) }
        )
    }

    /// The processes of a tree.
    func processes(of tree: Int) -> [Process] {
        sessions.values.filter { $0.tree == tree }.compactMap(\.process)
            + snapshots.values.filter { $0.tree == tree }.map(\.process)
    }

    /// Sessions whose time is over and that nobody uses, and why.
    func overdue(at now: Moment) -> [(key: Key, reason: String)] {
        sessions.compactMap { key, session in
            turns.isBusy(.session(key)) ? nil : reason(session, at: now).map { (key, $0) }
        }
    }

    func isOver(_ session: Session, at now: Moment) -> Bool { reason(session, at: now) != nil }

    private func reason(_ session: Session, at now: Moment) -> String? {
        let idle = now.nanoseconds(since: session.usedAt) / 1_000_000
        let age = now.nanoseconds(since: session.bornAt) / 1_000_000
        if idle >= limits.idleMilliseconds {
            return "nobody used it for \(limits.idleMilliseconds) ms"
        }
        return age >= limits.lifeMilliseconds
            ? "it had lived \(limits.lifeMilliseconds) ms, as long as a session may" : nil
    }
}
