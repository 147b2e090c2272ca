// What there is: sessions, their trees, their histories.

import Kernel
package import Wire

extension Sessions {
    /// An owner's sessions, the oldest first.
    package func list(owner: String) -> [SessionState] {
        let now = Moment.now
        return book.read { book in book.keys(of: owner).compactMap { book.state(of: $0, at: now) } }
            .map { told($0.state, $0.process) }
    }

    /// All that came of one first session.
    package func tree(_ id: String, owner: String) throws(SessionRefusal) -> SessionTree {
        let key = try key(id, owner)
        let now = Moment.now
        let found = book.read { book in
            book.sessions[key].map { session in
                let members = book.members(of: session.tree)
                return (
                    members.snapshots.map { book.state(of: $0, at: now) },
                    members.sessions.compactMap { book.state(of: $0, at: now) }
                )
            }
        }
        guard let (snapshots, sessions) = found else { throw book.read { $0.noSession(key) } }
        return SessionTree(
            snapshots: snapshots.map { snapshot in
                var state = snapshot.state
                state.memoryBytes = snapshot.process.handle?.privateBytes ?? 0
                return state
            }, sessions: sessions.map { told($0.state, $0.process) })
    }

    /// The calls that made a session what it is, the oldest first; of one that was lost, too.
    package func history(_ id: String, owner: String) throws(SessionRefusal) -> [HistoryEntry] {
        let key = try key(id, owner)
        let found = book.read { $0.sessions[key]?.record.history ?? $0.obituaries[key]?.history }
        guard let found else { throw book.read { $0.noSession(key) } }
        return found.entries
    }

    func state(_ key: Book.Key) throws(SessionRefusal) -> SessionState {
        guard let found = book.read({ $0.state(of: key, at: Moment.now) }) else {
            throw book.read { $0.noSession(key) }
        }
        return told(found.state, found.process)
    }

    private func told(_ state: SessionState, _ process: SlotWorker?) -> SessionState {
        var state = state
        state.memoryBytes = process?.handle?.privateBytes ?? 0
        return state
    }
}
