// Counters that last as long as the process.

internal import Kernel
package import Policies

/// Memory's counters for many threads: for a server that keeps no state, and for tests.
package final class LockedCounters: CounterStore {
    private let counters = Monitor(MemoryCounters())

    package init() {}

    package func reserve(_ reservations: [Reservation], at now: Instant) -> ReserveResult {
        counters.read { $0.reserve(reservations, at: now) }
    }

    package func settle(_ ticket: ReservationTicket, as settlement: Settlement) {
        counters.read { $0.settle(ticket, as: settlement) }
    }

    package func values(of keys: [CounterKey], at now: Instant) -> [Int64] {
        counters.read { $0.values(of: keys, at: now) }
    }
}
