// Who flushes, and how far: threads that wait for the device at once share one flush.

/// What is on the device, by seq.
struct AuditFlush {
    private var doneThrough: Int64 = 0
    private var isRunning = false
    /// What a flush that failed was to bring there. The kernel forgets such a failure, so that a
    /// second flush would say all is well: these have failed for good.
    private var lost: ClosedRange<Int64>?

    enum Turn {
        case done
        case lost
        /// Flush the file, on behalf of everybody up to this seq.
        case lead(through: Int64)
    }

    /// Nil: somebody else is at it; wait.
    mutating func turn(for seq: Int64, last: Int64) -> Turn? {
        if let lost, lost.contains(seq) { return .lost }
        if doneThrough >= seq { return .done }
        if isRunning { return nil }
        isRunning = true
        return .lead(through: last)
    }

    mutating func ended(through seq: Int64, didFail: Bool) {
        isRunning = false
        if didFail {
            isLost(through: seq)
        } else {
            isDone(through: seq)
        }
    }

    /// Everything up to here that was not done yet.
    mutating func isLost(through seq: Int64) {
        let first = min(lost?.lowerBound ?? .max, doneThrough + 1)
        if first <= seq { lost = first...max(seq, lost?.upperBound ?? seq) }
    }

    mutating func isDone(through seq: Int64) { doneThrough = max(doneThrough, seq) }
}
