// Sessions as the rest of the house sees them: values, no handles.

/// A session at one moment.
package struct SessionState: Hashable, Sendable {
    package var id: String
    /// Calls it has answered: its history's length.
    package var calls: Int
    /// Names its code has defined, as its worker says; nil while a call is under way.
    package var names: Int?
    package var ageSeconds: Int64
    package var idleSeconds: Int64
    /// Until it ends by itself if nobody uses it: by its idle time or by its total life.
    package var secondsLeft: Int64
    /// Private memory of its process, by the kernel's account; 0: not known.
    package var memoryBytes: Int64
    package var snapshots: Int
    package var isBusy: Bool
    /// The snapshot its process was forked from; nil: it began empty.
    package var origin: String?

    package init(
        id: String, calls: Int, names: Int?, ageSeconds: Int64, idleSeconds: Int64,
        secondsLeft: Int64, memoryBytes: Int64, snapshots: Int, isBusy: Bool, origin: String?
    ) {
        self.id = id
        self.calls = calls
        self.names = names
        self.ageSeconds = ageSeconds
        self.idleSeconds = idleSeconds
        self.secondsLeft = secondsLeft
        self.memoryBytes = memoryBytes
        self.snapshots = snapshots
        self.isBusy = isBusy
        self.origin = origin
    }
}

/// A parked fork of a session: what it was after one of its calls.
package struct SnapshotState: Hashable, Sendable {
    package var id: String
    package var label: String?
    /// The session it was taken of.
    package var session: String
    /// The snapshot that session came from; nil: none.
    package var parent: String?
    /// Calls of the session when it was taken.
    package var calls: Int
    package var ageSeconds: Int64
    package var memoryBytes: Int64

    package init(
        id: String, label: String?, session: String, parent: String?, calls: Int,
        ageSeconds: Int64, memoryBytes: Int64
    ) {
        self.id = id
        self.label = label
        self.session = session
        self.parent = parent
        self.calls = calls
        self.ageSeconds = ageSeconds
        self.memoryBytes = memoryBytes
    }
}

/// All that came of one first session: its snapshots, and the sessions alive on them.
package struct SessionTree: Hashable, Sendable {
    package var snapshots: [SnapshotState]
    package var sessions: [SessionState]

    package init(snapshots: [SnapshotState], sessions: [SessionState]) {
        self.snapshots = snapshots
        self.sessions = sessions
    }
}

/// One call of a session, as its history keeps it: texts as results showed them.
package struct HistoryEntry: Hashable, Sendable {
    package var code: String
    package var output: String
    package var errors: String
    package var status: Outcome.Status

    package init(code: String, output: String, errors: String, status: Outcome.Status) {
        self.code = code
        self.output = output
        self.errors = errors
        self.status = status
    }
}
