// Windows of time in whole nanoseconds. Nothing here can overflow: a window of more than 292 years
// counts as one that never ends.

extension CounterWindow {
    private static let nanosecondsPerSecond: Int64 = 1_000_000_000
    private static let nanosecondsPerMillisecond: Int64 = 1_000_000

    /// The window's length, at least a second.
    var nanoseconds: Int64 {
        let (length, overflow) = max(1, seconds).multipliedReportingOverflow(
            by: Self.nanosecondsPerSecond)
        return overflow ? .max : length
    }

    /// Which calendar window an instant lies in: minutes, hours and days of UTC begin where their
    /// number is whole, and windows of other lengths are laid out the same way.
    func number(at instant: Int64) -> Int64 {
        let (quotient, rest) = instant.quotientAndRemainder(dividingBy: nanoseconds)
        return rest < 0 ? quotient - 1 : quotient
    }

    /// When the calendar window around `instant` ends.
    func end(around instant: Int64) -> Int64 {
        let (next, isLast) = number(at: instant).addingReportingOverflow(1)
        let (end, overflow) = next.multipliedReportingOverflow(by: nanoseconds)
        return isLast || overflow ? .max : end
    }

    /// When something counted at `instant` leaves a sliding window.
    func expiry(of instant: Int64) -> Int64 {
        let (expiry, overflow) = instant.addingReportingOverflow(nanoseconds)
        return overflow ? .max : expiry
    }

    /// From one instant to a later one, in milliseconds, the last begun one included.
    static func milliseconds(from now: Int64, to then: Int64) -> Int64 {
        let (distance, overflow) = then.subtractingReportingOverflow(now)
        guard !overflow else { return .max / nanosecondsPerMillisecond }
        guard distance > 0 else { return 0 }
        return (distance - 1) / nanosecondsPerMillisecond + 1
    }
}
