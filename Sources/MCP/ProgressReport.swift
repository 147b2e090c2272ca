/// How far a call is: what a progress notification says, and the status message of a task.
package struct ProgressReport: Hashable, Sendable {
    package enum Phase: String, Sendable {
        /// For its turn, for a free worker, or for a person's answer.
        case waiting
        case running
    }

    package let phase: Phase
    /// Since the call came in.
    package let elapsedMilliseconds: Int64
    /// What the program printed last; untrusted, and here without anything a terminal obeys.
    package let lastLine: String

    /// Characters of the last line, counted as Unicode scalars.
    package static let maxLine = 200

    package init(phase: Phase, elapsedMilliseconds: Int64, lastLine: String = "") {
        self.phase = phase
        self.elapsedMilliseconds = max(0, elapsedMilliseconds)
        self.lastLine = Excerpt.clip(lastLine, most: Self.maxLine)
    }

    /// `running, 3 s: the last line`
    package var sentence: String {
        let standing = "\(phase.rawValue), \(elapsedMilliseconds / 1000) s"
        return lastLine.isEmpty ? standing : "\(standing): \(lastLine)"
    }
}
