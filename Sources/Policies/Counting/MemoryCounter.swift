// One counter: a sum over a window of time.

/// INVARIANT: `latest` never goes back, so a clock that does opens no window again.
/// INVARIANT: the sum is neither negative nor beyond an Int64.
struct MemoryCounter: Sendable {
    private enum Content: Sendable {
        case calendar(number: Int64, sum: Int64)
        case sliding(SlidingEntries)
    }

    private let window: CounterWindow
    private(set) var latest: Int64
    private var content: Content

    /// A counter of nothing. `earliest`: before that, no time is believed.
    init(_ window: CounterWindow, earliest: Int64) {
        self.window = window
        latest = earliest
        content =
            switch window.kind {
            case .calendar: .calendar(number: window.number(at: earliest), sum: 0)
            case .sliding: .sliding(SlidingEntries())
            }
    }

    func sum(at now: Int64) -> Int64 {
        let now = max(now, latest)
        switch content {
        case .calendar(let number, let sum): return number == window.number(at: now) ? sum : 0
        case .sliding(let entries): return entries.sum(at: now, in: window)
        }
    }

    /// Whether nothing is counted at `now`.
    func isEmpty(at now: Int64) -> Bool { sum(at: now) == 0 }

    /// Adds an amount that fits; the instant it is booked under, by which it can be given back.
    /// (Here and below `content` lets go of the entries while they change, or they were copied.)
    mutating func add(_ amount: Int64, at now: Int64) -> Int64 {
        pass(to: now)
        switch content {
        case .calendar(let number, let sum):
            content = .calendar(number: number, sum: sum + amount)
        case .sliding(var entries):
            content = .calendar(number: 0, sum: 0)
            entries.add(amount, at: latest, in: window)
            content = .sliding(entries)
        }
        return latest
    }

    /// Gives back an amount booked under `instant`, if its window is still the present one.
    mutating func giveBack(_ amount: Int64, takenAt instant: Int64) {
        switch content {
        case .calendar(let number, let sum):
            guard number == window.number(at: instant) else { return }
            content = .calendar(number: number, sum: sum - min(amount, sum))
        case .sliding(var entries):
            guard window.expiry(of: instant) > latest else { return }
            content = .calendar(number: 0, sum: 0)
            entries.giveBack(amount, takenAt: instant)
            content = .sliding(entries)
        }
    }

    /// When `excess` has left the window, by itself: the earliest time to try again.
    func relief(from excess: Int64, at now: Int64) -> Int64 {
        let time = max(now, latest)
        switch content {
        case .calendar: return window.end(around: time)
        case .sliding(var entries):
            entries.expire(at: time, in: window)
            return entries.instant(until: excess, hasLeft: window) ?? time
        }
    }

    /// Time has come this far, or was further already.
    mutating func pass(to now: Int64) {
        latest = max(latest, now)
        switch content {
        case .calendar(let number, _):
            let current = window.number(at: latest)
            if number != current { content = .calendar(number: current, sum: 0) }
        case .sliding(var entries):
            content = .calendar(number: 0, sum: 0)
            entries.expire(at: latest, in: window)
            content = .sliding(entries)
        }
    }
}
