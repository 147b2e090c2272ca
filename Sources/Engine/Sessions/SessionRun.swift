// What a call of a session gives.

package import Wire

/// One call's outcome, and what it means for its session.
package struct SessionRun: Sendable {
    package let outcome: Outcome
    /// Files and pictures it has left, and long output.
    package let remains: Remains
    package let walls: [ZygoteReport.RaisedWall]
    /// The session began with this call.
    package let isNew: Bool
    /// What was there under this id before, and why it is gone; nil: nothing was.
    package let lost: String?
    /// The session ended with this call, and why; nil: it goes on.
    package let ended: String?
    /// Calls answered so far.
    package let calls: Int
    /// Names its code has defined, as its worker says; nil: it ended.
    package let names: Int?

    /// A call that never got its turn, or no worker.
    static func notStarted(_ outcome: Outcome) -> SessionRun {
        SessionRun(
            outcome: outcome, remains: Remains(), walls: [], isNew: false, lost: nil, ended: nil,
            calls: 0, names: nil)
    }
}
