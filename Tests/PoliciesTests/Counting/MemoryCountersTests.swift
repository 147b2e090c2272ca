// Counters: what fits, what is given back, and when to try again.

import Testing

@testable import Policies

@Suite struct MemoryCountersTests {
    static let minute = CounterWindow(.calendar, seconds: 60)
    static let sliding = CounterWindow(.sliding, seconds: 60)

    private func key(_ counter: String = "c", _ window: CounterWindow = minute) -> CounterKey {
        CounterKey(
            CounterName(group: "g", counter: counter), scope: .server, owner: "", window: window)
    }

    private func take(
        _ amount: Int64, of most: Int64, _ key: CounterKey, charge: Limit.Charge = .attempt
    ) -> Reservation {
        Reservation(
            key, amount: amount, most: most, charge: charge, rule: "r", at: Sample.mark,
            refusal: nil)
    }

    private func at(_ seconds: Double) -> Instant {
        Instant(nanoseconds: Int64(seconds * 1_000_000_000))
    }

    private func ticket(_ result: ReserveResult) -> ReservationTicket {
        if case .granted(let ticket) = result { ticket } else { ReservationTicket(id: "") }
    }

    @Test(arguments: [minute, sliding])
    func `a limit may be reached and not passed`(window: CounterWindow) {
        var counters = MemoryCounters()
        let key = key("c", window)
        for _ in 0..<3 {
            #expect(counters.reserve([take(1, of: 3, key)], at: at(100)).isGranted)
        }
        #expect(!counters.reserve([take(1, of: 3, key)], at: at(100)).isGranted)
        #expect(counters.reserve([take(0, of: 3, key)], at: at(100)).isGranted)
        #expect(counters.values(of: [key], at: at(100)) == [3])
    }

    @Test func `a calendar window ends at the full minute and says when`() {
        var counters = MemoryCounters()
        _ = counters.reserve([take(3, of: 3, key())], at: at(100))
        let refused = counters.reserve([take(1, of: 3, key())], at: at(100.5))
        #expect(refused == .refused(index: 0, current: 3, retryAfterMilliseconds: 19_500))
        #expect(!counters.reserve([take(1, of: 3, key())], at: at(119.999)).isGranted)
        #expect(counters.reserve([take(1, of: 3, key())], at: at(120)).isGranted)
    }

    @Test(arguments: [
        (Int64(60), Int64(1_768_478_459), Int64(1)), (3_600, 1_768_478_459, 3_541),
        (86_400, 1_768_478_459, 43_141), (7, 13, 1), (60, -1, 1), (60, -60, 60),
    ])
    func `windows are laid out from the epoch in UTC`(length: Int64, now: Int64, left: Int64) {
        var counters = MemoryCounters()
        let key = key("c", CounterWindow(.calendar, seconds: length))
        _ = counters.reserve([take(1, of: 1, key)], at: Instant(seconds: now))
        #expect(
            counters.reserve([take(1, of: 1, key)], at: Instant(seconds: now))
                == .refused(index: 0, current: 1, retryAfterMilliseconds: left * 1_000))
    }

    @Test func `a sliding window forgets what is old and says when enough is`() {
        var counters = MemoryCounters()
        let key = key("c", Self.sliding)
        _ = counters.reserve([take(2, of: 5, key)], at: at(10))
        _ = counters.reserve([take(3, of: 5, key)], at: at(30))
        #expect(
            counters.reserve([take(1, of: 5, key)], at: at(40))
                == .refused(index: 0, current: 5, retryAfterMilliseconds: 30_000))
        #expect(
            counters.reserve([take(3, of: 5, key)], at: at(40))
                == .refused(index: 0, current: 5, retryAfterMilliseconds: 50_000))
        #expect(!counters.reserve([take(1, of: 5, key)], at: at(69.999)).isGranted)
        #expect(counters.reserve([take(2, of: 5, key)], at: at(70)).isGranted)
    }

    @Test(arguments: [minute, sliding])
    func `what can never fit has no time to try again`(window: CounterWindow) {
        var counters = MemoryCounters()
        let key = key("c", window)
        for reservation in [take(6, of: 5, key), take(-1, of: 5, key), take(0, of: -1, key)] {
            #expect(
                counters.reserve([reservation], at: at(1))
                    == .refused(index: 0, current: 0, retryAfterMilliseconds: nil))
        }
    }

    @Test func `all is reserved, or nothing`() {
        var counters = MemoryCounters()
        _ = counters.reserve([take(5, of: 5, key("full"))], at: at(1))
        let result = counters.reserve(
            [take(1, of: 5, key("a")), take(1, of: 5, key("full"))], at: at(1))
        #expect(result == .refused(index: 1, current: 5, retryAfterMilliseconds: 59_000))
        #expect(counters.values(of: [key("a"), key("full")], at: at(1)) == [0, 5])
    }

    @Test func `a counter named twice counts twice`() {
        var counters = MemoryCounters()
        let result = counters.reserve([take(2, of: 3, key()), take(2, of: 3, key())], at: at(1))
        #expect(result == .refused(index: 1, current: 0, retryAfterMilliseconds: nil))
        #expect(
            counters.reserve([take(2, of: 4, key()), take(2, of: 4, key())], at: at(1)).isGranted)
        #expect(counters.values(of: [key()], at: at(1)) == [4])
    }

    @Test(
        arguments: [
            (Limit.Charge.attempt, Settlement.ok, Int64(2)), (.attempt, .failed, 2),
            (.attempt, .unused, 0),
            (.success, .ok, 2), (.success, .failed, 0), (.success, .unused, 0),
        ], [minute, sliding])
    func `an outcome costs what the charge says`(
        test: (Limit.Charge, Settlement, Int64), window: CounterWindow
    ) {
        var counters = MemoryCounters()
        let key = key("c", window)
        let ticket = ticket(
            counters.reserve([take(2, of: 9, key, charge: test.0)], at: at(61)))
        counters.settle(ticket, as: test.1)
        counters.settle(ticket, as: .unused)
        #expect(counters.values(of: [key], at: at(61)) == [test.2])
    }

    @Test func `counters of different owners, scopes and windows are different`() {
        var counters = MemoryCounters()
        let keys = [
            key(), key("c", Self.sliding), key("c", CounterWindow(.calendar, seconds: 3_600)),
            CounterKey(key().name, scope: .session, owner: "s", window: Self.minute),
            CounterKey(key().name, scope: .session, owner: "t", window: Self.minute),
            CounterKey(key().name, scope: .grant, owner: "s", window: Self.minute),
        ]
        for key in keys { #expect(counters.reserve([take(1, of: 1, key)], at: at(1)).isGranted) }
        #expect(counters.values(of: keys, at: at(1)) == keys.map { _ in 1 })
    }

    @Test func `empty counters are dropped and a full store refuses`() {
        var counters = MemoryCounters()
        for number in 0..<1_000 {
            let result = counters.reserve([take(1, of: 1, key("\(number)"))], at: at(1))
            #expect(result.isGranted)
        }
        for number in 0..<200 {
            _ = counters.reserve([take(1, of: 1, key("late \(number)"))], at: at(90))
        }
        #expect(counters.count <= 200)
        for number in 0..<MemoryCounters.maxCounters {
            _ = counters.reserve([take(1, of: 1, key("more \(number)"))], at: at(100))
        }
        #expect(counters.count <= MemoryCounters.maxCounters)
        #expect(
            counters.reserve([take(1, of: 1, key("one more"))], at: at(100))
                == .refused(index: 0, current: 0, retryAfterMilliseconds: 60_000))
        #expect(counters.reserve([take(1, of: 1, key("one more"))], at: at(200)).isGranted)
    }

    @Test func `a forgotten ticket stays charged`() {
        var counters = MemoryCounters()
        let first = ticket(counters.reserve([take(1, of: .max, key())], at: at(1)))
        for _ in 0..<MemoryCounters.maxOpenTickets {
            _ = counters.reserve([take(1, of: .max, key())], at: at(1))
        }
        counters.settle(first, as: .unused)
        #expect(
            counters.values(of: [key()], at: at(1)) == [Int64(MemoryCounters.maxOpenTickets) + 1])
    }

    @Test func `a sliding window agrees with a list of everything, and merging only errs low`() {
        var random = SeededGenerator(seed: 3)
        var counters = MemoryCounters()
        let key = key("c", Self.sliding)
        let length: Int64 = 60_000_000_000
        var taken: [(instant: Int64, amount: Int64)] = []
        var now: Int64 = 1_000_000_000_000
        for step in 0..<3_600 {
            // Slow at first, so that nothing is merged; then so fast that everything is.
            let isExact = step < 1_800
            now += Int64.random(in: 0...(isExact ? 200_000_000 : 20_000_000), using: &random)
            let amount = Int64.random(in: 0...3, using: &random)
            taken.removeAll { $0.instant + length <= now }
            let sum = taken.reduce(0) { $0 + $1.amount }
            let fits = sum + amount <= 1_000
            let result = counters.reserve(
                [take(amount, of: 1_000, key)], at: Instant(nanoseconds: now))
            if isExact { #expect(result.isGranted == fits) }
            if result.isGranted {
                #expect(fits)
                taken.append((now, amount))
            } else if case .refused(_, _, let milliseconds?) = result {
                let later = Instant(nanoseconds: now + milliseconds * 1_000_000)
                var copy = counters
                #expect(copy.reserve([take(amount, of: 1_000, key)], at: later).isGranted)
                var early = counters
                let earlier = Instant(nanoseconds: now + (milliseconds - 1) * 1_000_000)
                #expect(!early.reserve([take(amount, of: 1_000, key)], at: earlier).isGranted)
            }
        }
    }

    @Test func `a sliding counter keeps few entries and loses none early`() {
        var entries = SlidingEntries()
        let window = Self.sliding
        for number in 0..<50_000 {
            entries.add(1, at: Int64(number) * 1_000_000, in: window)
        }
        #expect(entries.entries.count <= SlidingEntries.most)
        #expect(entries.sum(at: 49_999_000_000, in: window) == 50_000)
        let lateBy = window.nanoseconds / 512
        #expect(entries.sum(at: 49_999_000_000 + window.nanoseconds + lateBy, in: window) == 0)
        entries.giveBack(1, takenAt: 7_000_000)
        #expect(entries.sum(at: 49_999_000_000, in: window) == 49_999)
    }
}

extension ReserveResult {
    var isGranted: Bool { if case .granted = self { true } else { false } }
}
