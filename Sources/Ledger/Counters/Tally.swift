// One attempt to reserve, in numbers: what the counters say, and what this call asked of each.

/// The sums of one attempt. Reservations of one call on one counter add up.
struct Tally {
    var views: [String: CounterTables.View] = [:]
    /// What this call takes from each counter.
    private(set) var taken: [String: Int64] = [:]

    enum Answer: Equatable {
        case fits
        /// What the counter says, and how much of it must be free before it fits; nil: the call
        /// alone asks for more than the limit.
        case excess(current: Int64, freeing: Int64?)
    }

    /// Adds a charge if it fits.
    mutating func add(_ charge: Charge) -> Answer {
        let current = views[charge.key]?.total ?? 0
        let most = charge.reservation.most
        let (asked, overflow) = taken[charge.key, default: 0]
            .addingReportingOverflow(charge.reservation.amount)
        if overflow || asked > most { return .excess(current: current, freeing: nil) }
        // Both are at most `most`, hence not negative: the difference can't wrap.
        let room = most - asked
        if current > room { return .excess(current: current, freeing: current - room) }
        taken[charge.key] = asked
        return .fits
    }
}
