// Work on sessions that runs no program.

package import Wire

/// What to do with sessions. Snapshots are named by their ids, which the house makes.
package enum SessionRequest: Hashable, Sendable {
    case list
    /// Ends the session; its snapshots too unless another session lives on them.
    case clear(String)
    case checkpoint(String, label: String?)
    /// To the snapshot, or to the one the session was last at; what came after is gone.
    case rollback(String, to: String?)
    /// A new session that goes on from the snapshot, or from where the session is now. `into`: its
    /// name; nil: an unguessable one is made.
    case branch(String, from: String?, into: String?)
    case tree(String)
    case history(String)
}

package enum SessionAnswer: Hashable, Sendable {
    case sessions([SessionState])
    case cleared(String)
    case checkpoint(SnapshotState)
    case rolledBack(SessionState, to: SnapshotState)
    case branched(SessionState, from: SnapshotState)
    case tree(SessionTree)
    case history(String, [HistoryEntry])
}
