// Counter stores: the same table, the same random calls, the same races for each of them.

import Foundation
import Policies
import Testing

@testable import Ledger

@Suite struct CounterStoreTests {
    @Test func `redis-server is installed, or its tests are left out`() {
        if !RedisServer.isInstalled { print("redis-server is not installed: not tested with it") }
        #expect(StoreKind.available.count >= 2)
    }

    @Test(arguments: StoreKind.available, Scenario.all)
    func `a store does what the table says`(kind: StoreKind, scenario: Scenario) throws {
        // Steps go to both stores in turn: what one writes, the other reads.
        let pair = try kind.makePair()
        var tickets: [String: ReservationTicket] = [:]
        for (number, step) in scenario.steps.enumerated() {
            let store = number.isMultiple(of: 2) ? pair.first : pair.second
            let place = "step \(number) of: \(scenario)"
            switch step {
            case .grant(let reservations, let time, let name):
                let result = try store.reserve(reservations, at: .after(time))
                #expect(result.isGranted, "\(place): \(result)")
                tickets[name] = result.ticket
            case .refuse(let reservations, let time, let index, let current, let retry):
                let result = try store.reserve(reservations, at: .after(time))
                let wanted = ReserveResult.refused(
                    index: index, current: current, retryAfterMilliseconds: retry)
                #expect(result == wanted, "\(place)")
            case .settle(let name, let settlement):
                try store.settle(#require(tickets[name]), as: settlement)
            case .values(let keys, let time, let wanted):
                #expect(try store.values(of: keys, at: .after(time)) == wanted, "\(place)")
            }
        }
    }

    @Test(arguments: StoreKind.available, 1...8 as ClosedRange<UInt64>)
    func `random calls come out as in the naive store`(kind: StoreKind, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pair = try kind.makePair()
        var naive = NaiveCounters()
        var tickets: [(ReservationTicket, Int)] = []
        var time: Int64 = 0
        let keys = [CounterWindow.Kind.calendar, .sliding].flatMap { window in
            [3, 60].map { CounterKey.sample(CounterWindow(window, seconds: $0)) }
        }
        for _ in 0..<150 {
            let store = Bool.random(using: &random) ? pair.first : pair.second
            time += Int64.random(in: -1500...2500, using: &random)
            time = max(0, time)
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<6:
                let charges = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                    Reservation.sample(
                        keys.randomElement(using: &random) ?? keys[0],
                        Int64.random(in: 0...3, using: &random),
                        of: Int64.random(in: 2...8, using: &random),
                        Bool.random(using: &random) ? .attempt : .success)
                }
                let result = try store.reserve(charges, at: .after(time))
                let wanted = naive.reserve(charges, at: Instant.after(time).nanoseconds)
                switch wanted {
                case .granted(let id):
                    let ticket = try #require(result.ticket, "seed \(seed), time \(time)")
                    tickets.append((ticket, id))
                case .refused(let index, let current, let retry):
                    let refusal = ReserveResult.refused(
                        index: index, current: current, retryAfterMilliseconds: retry)
                    #expect(result == refusal, "seed \(seed), time \(time)")
                }
            case 6..<9:
                guard let (ticket, id) = tickets.randomElement(using: &random) else { continue }
                let all: [Settlement] = [.ok, .failed, .unused]
                let settlement = all.randomElement(using: &random) ?? .ok
                try store.settle(ticket, as: settlement)
                naive.settle(id, as: settlement)
            default:
                let found = try store.values(of: keys, at: .after(time))
                let now = Instant.after(time).nanoseconds
                #expect(found == keys.map { naive.value(of: $0, at: now) }, "seed \(seed)")
            }
        }
    }

    @Test(arguments: StoreKind.available)
    func `of 200 calls at once, a limit of 10 grants 10`(kind: StoreKind) async throws {
        let pair = try kind.makePair()
        let key = CounterKey.sample(CounterWindow(.sliding, seconds: 60))
        let other = CounterKey.sample(CounterWindow(.calendar, seconds: 60))
        let granted = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let store = number.isMultiple(of: 2) ? pair.first : pair.second
                    return try store.reserve(
                        [.sample(key, of: 10), .sample(other, of: 1000)],
                        at: .after(Int64(number % 7))
                    ).isGranted
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(granted == 10)
        #expect(try pair.first.values(of: [key, other], at: .after(10)) == [10, 10])
    }

    @Test(arguments: StoreKind.available)
    func `settling at once gives back once`(kind: StoreKind) async throws {
        let pair = try kind.makePair()
        let key = CounterKey.sample(CounterWindow(.calendar, seconds: 60))
        let kept = try pair.first.reserve([.sample(key, 5, of: 100)], at: .after(0))
        let result = try pair.first.reserve([.sample(key, 3, of: 100)], at: .after(0))
        let ticket = try #require(result.ticket)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    let store = number.isMultiple(of: 2) ? pair.first : pair.second
                    try store.settle(ticket, as: .unused)
                }
            }
            try await group.waitForAll()
        }
        #expect(kept.isGranted)
        #expect(try pair.second.values(of: [key], at: .after(0)) == [5])
    }

    @Test(arguments: StoreKind.available)
    func `what can't be counted is an error, and never granted`(kind: StoreKind) throws {
        let store = try kind.makePair().first
        let key = CounterKey.sample(CounterWindow(.calendar, seconds: 60))
        let none = CounterKey.sample(CounterWindow(.sliding, seconds: 0))
        #expect(throws: LedgerError.self) {
            try store.reserve([.sample(key, -1, of: 5)], at: .after(0))
        }
        #expect(throws: LedgerError.self) {
            try store.reserve([.sample(none, 1, of: 5)], at: .after(0))
        }
        #expect(try store.values(of: [key], at: .after(0)) == [0])
    }
}
