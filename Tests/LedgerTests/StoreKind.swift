// Every store there is, made empty for a test.

import Foundation
import Policies
import Testing

@testable import Ledger

/// What keeps the counters.
enum StoreKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite, sqliteFlushed, redis

    var testDescription: String { rawValue }

    /// Those that can be had here. Without redis-server a test says so, once.
    static let available: [StoreKind] = allCases.filter { $0 != .redis || RedisServer.isInstalled }

    /// Two stores on the same counters, as two processes have them.
    func makePair() throws -> StorePair {
        let place = try Place()
        switch self {
        case .sqlite, .sqliteFlushed:
            let durability: Durability = self == .sqlite ? .written : .flushed
            return StorePair(
                place, try SQLiteCounters(in: place("state"), durability: durability),
                try SQLiteCounters(in: place("state"), durability: durability))
        case .redis:
            let address = try RedisAddress(RedisServer.shared.get().address)
            let prefix = UUID().uuidString
            func store() -> RedisCounters {
                RedisCounters(
                    address, prefix: prefix, mode: .closed, timeoutMilliseconds: 10_000,
                    clock: .caller)
            }
            return StorePair(place, store(), store())
        }
    }
}

struct StorePair: Sendable {
    private let place: Place
    let first: any CounterStore
    let second: any CounterStore

    init(_ place: Place, _ first: any CounterStore, _ second: any CounterStore) {
        self.place = place
        self.first = first
        self.second = second
    }
}

extension CounterKey {
    static func sample(
        _ window: CounterWindow, name: String = "calls", owner: String = ""
    ) -> CounterKey {
        CounterKey(
            CounterName(group: "run", counter: name), scope: .server, owner: owner, window: window)
    }
}

extension Reservation {
    static func sample(
        _ key: CounterKey, _ amount: Int64 = 1, of most: Int64, _ charge: Limit.Charge = .attempt
    ) -> Reservation {
        Reservation(
            key, amount: amount, most: most, charge: charge, rule: "a rule",
            at: SourceMark(file: "policy.yaml", line: 1, column: 1), refusal: nil)
    }
}

extension Instant {
    /// 2026-01-15T10:00:00Z and so many milliseconds.
    static func after(_ milliseconds: Int64) -> Instant {
        Instant(nanoseconds: (1_768_471_200_000 + milliseconds) * 1_000_000)
    }
}

extension ReserveResult {
    var ticket: ReservationTicket? {
        if case .granted(let ticket) = self { ticket } else { nil }
    }

    var isGranted: Bool { ticket != nil }
}

extension CounterWindow {
    static let minute = CounterWindow(.calendar, seconds: 60)
}
