// What a call meets besides the policy.

internal import Notation

/// What counters said before a call, and when it is made.
struct Circumstances: Sendable {
    let counters: CounterSnapshot
    let now: Instant

    init(_ counters: CounterSnapshot = .empty, at now: Instant) {
        self.counters = counters
        self.now = now
    }
}

extension Condition.ClockField {
    var range: ClosedRange<Int64> {
        switch self {
        case .hour: 0...23
        case .minute: 0...59
        case .weekday: 1...7
        }
    }

    /// How long one of it lasts.
    var seconds: Int64 {
        switch self {
        case .hour: 3_600
        case .minute: 60
        case .weekday: 86_400
        }
    }

    /// What the clock of UTC says.
    func value(at instant: Instant) -> Int64 {
        let seconds = instant.nanoseconds.dividedDown(by: 1_000_000_000)
        let days = seconds.dividedDown(by: 86_400)
        let time = seconds - days * 86_400
        switch self {
        case .hour: return time / 3_600
        case .minute: return time / 60 % 60
        case .weekday:
            // 1970 began on a Thursday.
            let sinceMonday = days + 3
            return sinceMonday - sinceMonday.dividedDown(by: 7) * 7 + 1
        }
    }
}
