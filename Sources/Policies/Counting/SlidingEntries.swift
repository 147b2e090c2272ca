// What a sliding window holds: amounts and when they were taken.
//
// Exact until there are more than `most` entries. Then entries that lie close together are merged
// under the latest instant among them. A merged amount leaves the window late, by 1/512 of its
// length at most, and never early: the limit is never exceeded.

/// INVARIANT: instants ascend strictly; amounts are positive; their sum fits an Int64.
struct SlidingEntries: Sendable {
    struct Entry: Sendable {
        var instant: Int64
        var amount: Int64
    }

    static let most = 1_024
    private static let cellsPerWindow: Int64 = 512

    private(set) var entries: [Entry] = []

    /// The sum of what has not left the window at `now`.
    func sum(at now: Int64, in window: CounterWindow) -> Int64 {
        var sum: Int64 = 0
        for entry in entries.reversed() where window.expiry(of: entry.instant) > now {
            sum += entry.amount
        }
        return sum
    }

    /// Forgets what has left the window at `now`.
    mutating func expire(at now: Int64, in window: CounterWindow) {
        let gone = entries.prefix { window.expiry(of: $0.instant) <= now }.count
        if gone > 0 { entries.removeFirst(gone) }
    }

    /// Adds an amount at an instant that is not before the last one.
    mutating func add(_ amount: Int64, at instant: Int64, in window: CounterWindow) {
        guard amount > 0 else { return }
        if let last = entries.indices.last, entries[last].instant >= instant {
            entries[last].amount += amount
            return
        }
        entries.append(Entry(instant: instant, amount: amount))
        if entries.count > Self.most { merge(in: window) }
    }

    /// Gives back what was added at `instant`, as far as it is still there. The entry that holds it
    /// is the first that is not earlier: merging moves amounts to later instants only.
    mutating func giveBack(_ amount: Int64, takenAt instant: Int64) {
        guard let place = entries.firstIndex(where: { $0.instant >= instant }) else { return }
        entries[place].amount -= min(amount, entries[place].amount)
        if entries[place].amount == 0 { entries.remove(at: place) }
    }

    /// When at least `amount` has left; nil when there is less than that.
    func instant(until amount: Int64, hasLeft window: CounterWindow) -> Int64? {
        var left: Int64 = 0
        for entry in entries {
            left += entry.amount
            if left >= amount { return window.expiry(of: entry.instant) }
        }
        return nil
    }

    /// The cells lie where they lie, whatever they hold, so that an amount is moved to the end of
    /// its cell at most, however often this happens.
    private mutating func merge(in window: CounterWindow) {
        let cell = max(1, window.nanoseconds / Self.cellsPerWindow)
        var merged: [Entry] = []
        for entry in entries {
            if let last = merged.indices.last,
                merged[last].instant / cell == entry.instant / cell,
                (merged[last].instant < 0) == (entry.instant < 0)
            {
                merged[last].instant = entry.instant
                merged[last].amount += entry.amount
            } else {
                merged.append(entry)
            }
        }
        entries = merged
    }
}
