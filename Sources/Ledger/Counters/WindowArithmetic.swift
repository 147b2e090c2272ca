// The time of counters, as arithmetic that neither wraps nor traps.

internal import Notation
internal import Policies

extension CounterWindow {
    static let nanosecondsPerSecond: Int64 = 1_000_000_000

    /// Which calendar window an instant lies in: whole seconds of UTC divided, rounding down.
    func index(at nanoseconds: Int64) -> Int64 {
        let second = nanoseconds.dividedDown(by: Self.nanosecondsPerSecond)
        return second.dividedDown(by: seconds)
    }

    /// The first nanosecond after a calendar window.
    func end(ofIndex index: Int64) -> Int64 {
        index.addingClamped(1).multipliedClamped(by: seconds)
            .multipliedClamped(by: Self.nanosecondsPerSecond)
    }

    var nanoseconds: Int64 { seconds.multipliedClamped(by: Self.nanosecondsPerSecond) }

    /// When something charged at an instant stops counting.
    func end(ofChargeAt nanoseconds: Int64) -> Int64 {
        switch kind {
        case .calendar: end(ofIndex: index(at: nanoseconds))
        case .sliding: nanoseconds.addingClamped(self.nanoseconds)
        }
    }
}

extension Int64 {
    /// Sums and products that stop at the ends of Int64.
    func addingClamped(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    func subtractingClamped(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : difference
    }

    func multipliedClamped(by other: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
    }

    /// Milliseconds from one instant to another, rounded up, at least 1: waiting that long is
    /// always enough.
    func millisecondsUp(since earlier: Int64) -> Int64 {
        let distance = subtractingClamped(earlier)
        return Swift.max(1, distance.addingClamped(999_999) / 1_000_000)
    }
}
