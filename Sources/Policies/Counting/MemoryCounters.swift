// Counters in memory, for `policy eval` and for servers without a state directory.
//
// A value without a lock: whoever shares it between threads owns the lock. The semantics are those
// of `CounterStore`, to which the stores on disk are compared.

/// Counters, and what running calls have reserved of them.
///
/// INVARIANT: memory is bounded by `maxCounters` counters of at most `SlidingEntries.most` entries
/// and by `maxOpenTickets` tickets.
package struct MemoryCounters: Sendable {
    /// A call that needs a counter beyond these is refused for as long as its window lasts.
    package static let maxCounters = 100_000
    /// Beyond these the oldest ticket is forgotten; what it reserved stays charged, as after a
    /// crash.
    package static let maxOpenTickets = 65_536

    private struct Taking: Sendable {
        var key: CounterKey
        var amount: Int64
        var charge: Limit.Charge
        var instant: Int64
    }

    private var counters: [CounterKey: MemoryCounter] = [:]
    /// Counters of nothing are dropped when there are this many.
    private var sweepAt = Self.firstSweep
    private static let firstSweep = 1_024
    /// The second of the last sweep: a store full of counters is not swept for every call.
    private var sweptIn = Int64.min
    private static let nanosecondsPerSecond: Int64 = 1_000_000_000
    /// The latest instant of any dropped counter: new ones begin there, so that a clock that goes
    /// back does not find them fresh.
    private var earliest = Int64.min
    private var tickets: [String: [Taking]] = [:]
    private var oldestTicket: UInt64 = 1
    private var nextTicket: UInt64 = 1

    package init() {}

    /// How many counters are kept now.
    package var count: Int { counters.count }

    /// Takes all of it or nothing. A reservation named twice counts twice.
    package mutating func reserve(
        _ reservations: [Reservation], at now: Instant
    ) -> ReserveResult {
        let now = now.nanoseconds
        for reservation in reservations { counters[reservation.key]?.pass(to: now) }
        var pending: [CounterKey: Int64] = [:]
        for (index, reservation) in reservations.enumerated() {
            let before = pending[reservation.key] ?? 0
            if let refusal = refusal(of: reservation, at: index, after: before, at: now) {
                return refusal
            }
            pending[reservation.key] = before + reservation.amount
        }
        if let refusal = refusalOfNew(pending, reservations, at: now) { return refusal }
        return .granted(book(reservations, at: now))
    }

    /// Gives back what the outcome does not cost. A ticket that is unknown, settled or forgotten
    /// changes nothing.
    package mutating func settle(_ ticket: ReservationTicket, as settlement: Settlement) {
        for taking in tickets.removeValue(forKey: ticket.id) ?? [] {
            let isReturned =
                switch settlement {
                case .ok: false
                case .failed: taking.charge == .success
                case .unused: true
                }
            guard isReturned else { continue }
            counters[taking.key]?.giveBack(taking.amount, takenAt: taking.instant)
        }
    }

    /// The sums of these counters, in this order.
    package func values(of keys: [CounterKey], at now: Instant) -> [Int64] {
        keys.map { counters[$0]?.sum(at: now.nanoseconds) ?? 0 }
    }

    /// Why a reservation does not fit, when `pending` of the same request is on its counter; nil
    /// when it fits.
    private func refusal(
        of reservation: Reservation, at index: Int, after pending: Int64, at now: Int64
    ) -> ReserveResult? {
        let counter = counters[reservation.key]
        let current = counter?.sum(at: now) ?? 0
        let (asked, overflow) = pending.addingReportingOverflow(reservation.amount)
        guard reservation.amount >= 0, !overflow, asked <= reservation.most else {
            return .refused(index: index, current: current, retryAfterMilliseconds: nil)
        }
        let room = reservation.most - asked
        if current <= room { return nil }
        let relief = counter?.relief(from: current - room, at: now) ?? now
        return .refused(
            index: index, current: current,
            retryAfterMilliseconds: CounterWindow.milliseconds(from: now, to: relief))
    }

    /// Makes room for the counters that are new, or says that there is none.
    private mutating func refusalOfNew(
        _ amounts: [CounterKey: Int64], _ reservations: [Reservation], at now: Int64
    ) -> ReserveResult? {
        let new = amounts.filter { $0.value > 0 && counters[$0.key] == nil }
        guard counters.count + new.count > sweepAt else { return nil }
        if now / Self.nanosecondsPerSecond != sweptIn { dropEmpty(at: now) }
        guard counters.count + new.count > Self.maxCounters,
            let index = reservations.firstIndex(where: { new[$0.key] != nil })
        else { return nil }
        let window = reservations[index].key.window
        return .refused(
            index: index, current: 0,
            retryAfterMilliseconds: CounterWindow.milliseconds(from: 0, to: window.nanoseconds))
    }

    private mutating func dropEmpty(at now: Int64) {
        let kept = counters.filter { !$0.value.isEmpty(at: now) }
        for (key, counter) in counters where kept[key] == nil {
            earliest = max(earliest, counter.latest)
        }
        if kept.count < counters.count { earliest = max(earliest, now) }
        counters = kept
        sweptIn = now / Self.nanosecondsPerSecond
        sweepAt = min(Self.maxCounters, max(Self.firstSweep, kept.count * 2))
    }

    private mutating func book(_ reservations: [Reservation], at now: Int64) -> ReservationTicket {
        var takings: [Taking] = []
        for reservation in reservations where reservation.amount > 0 {
            let key = reservation.key
            let fresh = MemoryCounter(key.window, earliest: max(now, earliest))
            let instant = counters[key, default: fresh].add(reservation.amount, at: now)
            takings.append(
                Taking(
                    key: key, amount: reservation.amount, charge: reservation.charge,
                    instant: instant))
        }
        let ticket = ReservationTicket(id: "\(nextTicket)")
        nextTicket += 1
        if !takings.isEmpty {
            tickets[ticket.id] = takings
            forgetOldTickets()
        }
        return ticket
    }

    private mutating func forgetOldTickets() {
        while tickets.count > Self.maxOpenTickets {
            tickets["\(oldestTicket)"] = nil
            oldestTicket += 1
        }
    }
}
