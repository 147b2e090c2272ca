// What all sessions together may use up.

/// The bounds of sessions. Memory is bounded by the profile: a tree has what one run has.
package struct SessionLimits: Hashable, Sendable {
    /// A session nobody calls ends after this.
    package var idleMilliseconds: Int64 = 30 * 60_000
    /// And any session after this.
    package var lifeMilliseconds: Int64 = 4 * 3_600_000
    /// Sessions of all owners.
    package var sessions = 32
    /// Snapshots of all owners.
    package var snapshots = 64
    /// Forks from a first session to its farthest descendant. Each is one more Landlock domain, of
    /// which a process can be in 16; its walls are the first.
    package var depth = 12
    /// Calls that a history keeps, and the bytes of their texts.
    package var historyEntries = 100
    package var historyBytes = 1 << 20
    /// What a user types to end a session: told when there are too many.
    package var clearingWith: String

    package init(clearingWith: String) { self.clearingWith = clearingWith }

    /// Characters of an id or label that a client gives.
    package static let nameCharacters = 1...64

    /// Longest wait of a checkpoint, rollback or branch for a call that is under way.
    static let patienceMilliseconds: Int64 = 5_000
    /// Ended sessions that are remembered, with their histories.
    static let remembered = 64
}
