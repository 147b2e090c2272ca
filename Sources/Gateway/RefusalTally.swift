// How many refused messages are written one by one, and which are only counted. Pure: time comes
// in.
//
// INVARIANT: in no stretch of a minute are more than `mostPerMinute` written.
// INVARIANT: what is not written is in the next report; a report is due a minute after the first
// message that it counts, and there is never more than one a minute.

internal import Kernel
internal import MCP

/// Decides which refusals are written.
struct RefusalTally {
    static let mostPerMinute = 60
    static let minuteMilliseconds: Int64 = 60_000

    enum Step: Equatable {
        case write
        case count
        /// Counted, and somebody has to write a report then.
        case begin(due: Moment)
    }

    /// What was only counted.
    struct Report: Equatable {
        var counts: [ProtocolFault.Subject: Int64] = [:]
        let since: Moment
        var total: Int64 { counts.values.reduce(0, +) }
    }

    /// When the last ones were written, oldest first.
    private var written: [Moment] = []
    private var counted: Report?

    /// One more was refused.
    mutating func take(_ subject: ProtocolFault.Subject, at now: Moment) -> Step {
        let minuteAgo = now.advanced(byMilliseconds: -Self.minuteMilliseconds)
        written.removeAll { $0 <= minuteAgo }
        // While some are counted the others are too: their order is told by the report's place.
        if counted == nil, written.count < Self.mostPerMinute {
            written.append(now)
            return .write
        }
        let isFirst = counted == nil
        var report = counted ?? Report(since: now)
        report.counts[subject, default: 0] += 1
        counted = report
        let due = report.since.advanced(byMilliseconds: Self.minuteMilliseconds)
        // Overdue: whoever was to write the report did not come to it.
        return isFirst || due < now ? .begin(due: due) : .count
    }

    /// What was counted since the last report; nil: nothing.
    mutating func takeReport() -> Report? { counted.take() }
}
