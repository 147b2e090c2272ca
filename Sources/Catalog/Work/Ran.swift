// What a run gave besides its outcome.

package import Notation
package import Wire

/// A run's outcome and what it left behind.
package struct Ran: Sendable {
    package var outcome: Outcome
    /// Files it left in its scratch directory, pictures among them, as resources that can be read.
    package var artifacts: [Artifact]
    /// Why some file is no artifact: too many, too large, not readable.
    package var artifactNotes: [String]
    /// Pictures and rich values, in the order they were shown.
    package var shown: [Shown]
    /// Where the whole of a stream that was cut can be read, by the stream's name.
    package var whole: [String: Artifact]
    package var session: SessionNote?

    package init(
        _ outcome: Outcome, artifacts: [Artifact] = [], artifactNotes: [String] = [],
        shown: [Shown] = [], whole: [String: Artifact] = [:], session: SessionNote? = nil
    ) {
        self.outcome = outcome
        self.artifacts = artifacts
        self.artifactNotes = artifactNotes
        self.shown = shown
        self.whole = whole
        self.session = session
    }

    /// How long artifacts and whole streams can be read.
    package static let artifactMinutes = 30
}

/// A file or text that a call made, kept for a while as a resource.
package struct Artifact: Hashable, Sendable {
    /// Its path beneath the scratch directory, in printable characters.
    package var name: String
    package var mime: String
    package var bytes: Int64
    package var uri: String

    package init(name: String, mime: String, bytes: Int64, uri: String) {
        self.name = name
        self.mime = mime
        self.bytes = bytes
        self.uri = uri
    }
}

/// Something to look at.
package enum Shown: Hashable, Sendable {
    /// At most 1 MB, whatever the size of the original, which is the artifact.
    case picture(mime: String, bytes: [UInt8], original: Artifact?)
    /// Markdown, HTML or JSON that a value gave of itself.
    case text(mime: String, String)
    /// A data frame: `columns`, the index first, and `rows` of JSON values, a Markdown table of the
    /// same, and how many rows and columns there are in all, the index not counted.
    case table(
        columns: [String], rows: [[JSON]], markdown: String, totalRows: Int64, totalColumns: Int64)
}

/// What a call's session has to say about itself.
package struct SessionNote: Hashable, Sendable {
    package var id: String
    /// It began with this call.
    package var isNew: Bool
    /// Why the session of that name that was there before is gone; nil: it was not.
    package var lost: String?
    /// It ended with this call, and why: `exit()`, a crash, a limit.
    package var ended: String?
    /// Its calls so far, this one among them.
    package var calls: Int

    package init(id: String, isNew: Bool, lost: String?, ended: String?, calls: Int) {
        self.id = id
        self.isNew = isNew
        self.lost = lost
        self.ended = ended
        self.calls = calls
    }
}
