import Notation

/// How a task stands at one moment.
package struct TaskState: Hashable, Sendable {
    package let id: String
    /// nil: it still works.
    package let ending: TaskBook.Ending?
    let report: ProgressReport?
    /// Milliseconds since 1970.
    let createdAt: Int64
    let updatedAt: Int64
    /// From `createdAt` on.
    let lifetimeMilliseconds: Int64

    /// The word for it on the wire.
    var status: String {
        switch ending {
        case nil: "working"
        case .completed: "completed"
        case .failed: "failed"
        case .cancelled: "cancelled"
        }
    }

    /// For a person or a model; nil when the status says it all.
    var message: String? {
        switch ending {
        case nil: report?.sentence
        case .completed: nil
        case .failed(let fault): fault.message
        case .cancelled:
            "Cancelled. What it had printed until then is in `_meta`, under "
                + "`\(Encoder.partialResultKey)`."
        }
    }
}
