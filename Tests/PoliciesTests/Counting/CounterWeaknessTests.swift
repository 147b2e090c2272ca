// Weaknesses known from another engine's counters, one test each. A number before a test is the
// weakness's own in our list of them.

import Testing

@testable import Notation
@testable import Policies

@Suite struct CounterWeaknessTests {
    private static let windows = [
        CounterWindow(.calendar, seconds: 60), CounterWindow(.sliding, seconds: 60),
    ]

    private func take(
        _ amount: Int64, of most: Int64, _ window: CounterWindow, charge: Limit.Charge = .success
    ) -> [Reservation] {
        let name = CounterName(group: "g", counter: "c")
        let key = CounterKey(name, scope: .server, owner: "", window: window)
        return [
            Reservation(
                key, amount: amount, most: most, charge: charge, rule: "r", at: Sample.mark,
                refusal: nil)
        ]
    }

    private func sum(_ counters: MemoryCounters, _ window: CounterWindow, at now: Int64) -> Int64? {
        counters.values(of: take(0, of: 0, window).map(\.key), at: Instant(seconds: now)).first
    }

    // 9
    @Test(arguments: windows)
    func `sums do not wrap`(window: CounterWindow) {
        var counters = MemoryCounters()
        let now = Instant(seconds: 1)
        #expect(counters.reserve(take(.max, of: .max, window), at: now).isGranted)
        #expect(!counters.reserve(take(1, of: .max, window), at: now).isGranted)
        #expect(!counters.reserve(take(.max, of: .max, window), at: now).isGranted)
        #expect(sum(counters, window, at: 1) == .max)
        let twice = take(.max, of: .max, window) + take(.max, of: .max, window)
        var fresh = MemoryCounters()
        #expect(!fresh.reserve(twice, at: now).isGranted)
    }

    // 7
    @Test(arguments: windows)
    func `a negative amount is refused`(window: CounterWindow) {
        var counters = MemoryCounters()
        let now = Instant(seconds: 1)
        _ = counters.reserve(take(5, of: 5, window), at: now)
        #expect(!counters.reserve(take(-5, of: 5, window), at: now).isGranted)
        #expect(!counters.reserve(take(.min, of: .max, window), at: now).isGranted)
        #expect(sum(counters, window, at: 1) == 5)
    }

    // 13
    @Test(arguments: windows)
    func `a limit of the largest integer is a limit`(window: CounterWindow) {
        var counters = MemoryCounters()
        #expect(counters.reserve(take(1, of: .max, window), at: Instant(seconds: 1)).isGranted)
    }

    // 14
    @Test(arguments: windows)
    func `a clock that goes back opens no fresh window`(window: CounterWindow) {
        var counters = MemoryCounters()
        #expect(counters.reserve(take(5, of: 5, window), at: Instant(seconds: 1_000)).isGranted)
        for now in [999, 900, 0, -1_000_000] {
            #expect(
                !counters.reserve(take(1, of: 5, window), at: Instant(seconds: Int64(now)))
                    .isGranted)
        }
        #expect(counters.reserve(take(5, of: 5, window), at: Instant(seconds: 1_100)).isGranted)
    }

    // 14
    @Test(arguments: windows)
    func `a clock that goes back does not revive a dropped counter`(window: CounterWindow) {
        var counters = MemoryCounters()
        _ = counters.reserve(take(5, of: 5, window), at: Instant(seconds: 1_000))
        for number in 0..<2_000 {
            var other = take(1, of: 5, window)
            other[0].key.owner = "\(number)"
            _ = counters.reserve(other, at: Instant(seconds: 2_000))
        }
        // Charged again at the old time, the counter is as late as the latest it has seen.
        _ = counters.reserve(take(5, of: 5, window), at: Instant(seconds: 1_000))
        #expect(!counters.reserve(take(1, of: 5, window), at: Instant(seconds: 1_999)).isGranted)
    }

    // 15
    @Test(arguments: windows)
    func `a late failure gives nothing back in a new window`(window: CounterWindow) {
        var counters = MemoryCounters()
        guard
            case .granted(let old) = counters.reserve(
                take(5, of: 5, window), at: Instant(seconds: 10))
        else { return #expect(Bool(false), "the first does not fit") }
        #expect(counters.reserve(take(5, of: 5, window), at: Instant(seconds: 90)).isGranted)
        counters.settle(old, as: .failed)
        #expect(sum(counters, window, at: 90) == 5)
    }

    // 16
    @Test(arguments: windows)
    func `tickets are their own, whatever the request was called`(window: CounterWindow) {
        var counters = MemoryCounters()
        let now = Instant(seconds: 1)
        let results = (0..<3).map { _ in counters.reserve(take(1, of: 5, window), at: now) }
        #expect(Set(results).count == 3)
        for result in results {
            guard case .granted(let ticket) = result else { continue }
            counters.settle(ticket, as: .failed)
            counters.settle(ticket, as: .failed)
        }
        #expect(sum(counters, window, at: 1) == 0)
        counters.settle(ReservationTicket(id: "7"), as: .unused)
        counters.settle(ReservationTicket(id: ""), as: .unused)
        #expect(sum(counters, window, at: 1) == 0)
    }

    // 17
    @Test func `a sliding window has no boundary at which to pass twice as much`() {
        var counters = MemoryCounters()
        let window = CounterWindow(.sliding, seconds: 60)
        #expect(counters.reserve(take(5, of: 5, window), at: Instant(seconds: 119)).isGranted)
        #expect(!counters.reserve(take(5, of: 5, window), at: Instant(seconds: 121)).isGranted)
        #expect(counters.reserve(take(5, of: 5, window), at: Instant(seconds: 179)).isGranted)
    }

    // 18
    @Test func `what failed is not charged twice when it is tried again`() {
        var counters = MemoryCounters()
        let window = CounterWindow(.calendar, seconds: 60)
        for _ in 0..<10 {
            guard
                case .granted(let ticket) = counters.reserve(
                    take(1, of: 1, window), at: Sample.noon)
            else { return #expect(Bool(false), "a retry does not fit") }
            counters.settle(ticket, as: .failed)
        }
    }

    // 19
    @Test func `two calls that were both allowed can't both take the last`() {
        let rule = Sample.rule("r", limit: Sample.limit(most: 1))
        let policy = Sample.policy([Sample.section(.tool("a"), rule)])
        let verdicts = [policy.decide(Sample.call()), policy.decide(Sample.call())]
        var counters = MemoryCounters()
        let granted = verdicts.filter {
            counters.reserve($0.reservations, at: Sample.noon).isGranted
        }
        #expect(granted.count == 1)
    }

    // 38
    @Test func `a refusal by a counter names its rule and place`() {
        let rule = Sample.rule("budget", limit: Sample.limit(most: 0), refusal: "no more")
        let verdict = Sample.policy([Sample.section(.tool("a"), rule)]).decide(Sample.call())
        var counters = MemoryCounters()
        guard
            case .refused(let index, _, _) = counters.reserve(verdict.reservations, at: Sample.noon)
        else { return #expect(Bool(false), "it fits") }
        #expect(verdict.reservations[index].rule == "budget")
        #expect(verdict.reservations[index].mark == Sample.mark)
        #expect(verdict.reservations[index].refusal == "no more")
    }

    // 37
    @Test(arguments: windows)
    func `a counter whose window is over says nothing`(window: CounterWindow) {
        var counters = MemoryCounters()
        _ = counters.reserve(take(5, of: 5, window), at: Instant(seconds: 10))
        #expect(sum(counters, window, at: 59) == 5)
        #expect(sum(counters, window, at: 130) == 0)
    }

    // 8, 9
    @Test(arguments: [Int64.max, .min, 0])
    func `no window and no instant overflows`(nanoseconds: Int64) {
        for kind in [CounterWindow.Kind.calendar, .sliding] {
            for seconds in [Int64.max, .min, 0, 1, 86_400] {
                var counters = MemoryCounters()
                let window = CounterWindow(kind, seconds: seconds)
                let now = Instant(nanoseconds: nanoseconds)
                _ = counters.reserve(take(1, of: 1, window), at: now)
                _ = counters.reserve(take(1, of: 1, window), at: Instant(nanoseconds: .min))
                _ = counters.reserve(take(1, of: 1, window), at: Instant(nanoseconds: .max))
                _ = counters.reserve(take(1, of: 1, window), at: now)
                #expect(sum(counters, window, at: 0) != nil)
            }
        }
    }
}
