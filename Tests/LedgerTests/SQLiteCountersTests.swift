// What only counters in a file do: survive, share, and be refused when they are damaged.

import Foundation
import Kernel
import Notation
import Policies
import Testing

@testable import Ledger

@Suite struct SQLiteCountersTests {
    private let key = CounterKey.sample(.minute)

    @Test func `the file is its owner's alone`() throws {
        let place = try Place()
        let store = try SQLiteCounters(in: place("deep/state"))
        _ = try store.reserve([.sample(key, of: 1)], at: .after(0))
        #expect(try place.mode("deep/state") == 0o700)
        for name in ["counters.sqlite", "counters.sqlite-wal", "counters.sqlite-shm"] {
            #expect(try place.mode("deep/state/\(name)") == 0o600)
        }
    }

    @Test func `what was granted is charged after a restart, settled or not`() throws {
        let place = try Place()
        var store = try SQLiteCounters(in: place("state"))
        let first = try store.reserve([.sample(key, 2, of: 9)], at: .after(0))
        let second = try store.reserve([.sample(key, 3, of: 9)], at: .after(0))
        store = try SQLiteCounters(in: place("state"))
        #expect(try store.values(of: [key], at: .after(1)) == [5])
        try store.settle(#require(first.ticket), as: .unused)
        #expect(try store.values(of: [key], at: .after(1)) == [3])
        #expect(second.isGranted)
    }

    /// What a `kill -9` leaves behind: the file and its log, as they are at any moment.
    @Test func `a copy taken at any moment holds every charge that was granted before`()
        async throws
    {
        let place = try Place()
        let store = try SQLiteCounters(in: place("state"))
        let sliding = CounterKey.sample(CounterWindow(.sliding, seconds: 60))
        let count = Monitor(0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for _ in 0..<400 {
                    let result = try store.reserve(
                        [.sample(self.key, of: 10_000), .sample(sliding, of: 10_000)], at: .after(0)
                    )
                    #expect(result.isGranted)
                    count.update { $0 += 1 }
                }
            }
            group.addTask {
                for number in 0..<20 {
                    let wanted = number * 20
                    let reached = count.wait { $0 >= wanted ? $0 : nil }
                    let before = Int64(try #require(reached))
                    // The log first: what a checkpoint moves meanwhile is in the file then.
                    let copy = "copy\(number)"
                    try FileManager.default.createDirectory(
                        atPath: place(copy), withIntermediateDirectories: false)
                    for name in ["counters.sqlite-wal", "counters.sqlite"] {
                        try place.write(try place.bytes("state/\(name)"), to: "\(copy)/\(name)")
                    }
                    let found = try SQLiteCounters(in: place(copy))
                        .values(of: [self.key, sliding], at: .after(0))
                    #expect(found[0] >= before && found[0] == found[1])
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `many can open a file that is not there yet`() async throws {
        for _ in 0..<10 {
            let place = try Place()
            let granted = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        try SQLiteCounters(in: place("state"))
                            .reserve([.sample(self.key, of: 5)], at: .after(0)).isGranted
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(granted == 5)
        }
    }

    @Test func `a file that is none of ours, or of a newer program, is refused`() throws {
        let place = try Place()
        try Files.makeDirectories(place("a"), mode: 0o700)
        try place.write(Array(repeating: UInt8(ascii: "x"), count: 8192), to: "a/counters.sqlite")
        #expect { try SQLiteCounters(in: place("a")) } throws: {
            ($0 as? LedgerError)?.kind == .damaged && "\($0)".contains("move the file away")
        }
        try Files.makeDirectories(place("b"), mode: 0o700)
        try Files.makeEmpty(place("b/counters.sqlite"))
        let database = try Database(place("b/counters.sqlite"), busyMilliseconds: 10)
        try database.run("PRAGMA user_version = 2")
        #expect { try SQLiteCounters(in: place("b")) } throws: { "\($0)".contains("newer program") }
    }

    @Test func `a store that is locked for too long is an error, and nothing is charged`() throws {
        let place = try Place()
        let store = try SQLiteCounters(in: place("state"))
        let other = try Database(place("state/counters.sqlite"), busyMilliseconds: 10)
        let third = try Database(place("state/counters.sqlite"), busyMilliseconds: 10)
        try other.run("BEGIN IMMEDIATE")
        #expect { try third.run("BEGIN IMMEDIATE") } throws: {
            ($0 as? LedgerError)?.kind == .busy
        }
        #expect(try store.values(of: [key], at: .after(0)) == [0])
        try other.run("ROLLBACK")
        #expect(try store.reserve([.sample(key, of: 1)], at: .after(0)).isGranted)
    }

    @Test func `counters that ended long ago are swept away, and never begin again before`() throws
    {
        let place = try Place()
        let store = try SQLiteCounters(in: place("state"))
        let day: Int64 = 86_400_000
        for owner in 0..<50 {
            let old = CounterKey.sample(.minute, owner: "\(owner)")
            _ = try store.reserve([.sample(old, of: 1)], at: .after(0))
        }
        // The sweep comes once in a while: another connection begins with one.
        let other = try SQLiteCounters(in: place("state"))
        _ = try other.reserve([.sample(key, of: 1)], at: .after(3 * day))
        let database = try Database(place("state/counters.sqlite"), busyMilliseconds: 10)
        let left = try Database.Statement(database, "SELECT count(*) FROM counter").integer()
        let tickets = try Database.Statement(database, "SELECT count(*) FROM ticket").integer()
        #expect(left == 1 && tickets == 1)
        // With the clock set back three days, a counter that was full begins two days later.
        let old = CounterKey.sample(.minute, owner: "7")
        #expect(try store.reserve([.sample(old, of: 1)], at: .after(0)).isGranted)
        #expect(
            try store.reserve([.sample(old, of: 1)], at: .after(day))
                == .refused(index: 0, current: 1, retryAfterMilliseconds: day + 60_000))
    }

    @Test(arguments: [Int64.min, -1, 0, .max])
    func `any instant is taken`(nanoseconds: Int64) throws {
        let place = try Place()
        let store = try SQLiteCounters(in: place("state"))
        defer { withExtendedLifetime(place) {} }
        let now = Instant(nanoseconds: nanoseconds)
        for window in [
            CounterWindow(.calendar, seconds: 1), CounterWindow(.sliding, seconds: 1),
            CounterWindow(.calendar, seconds: .max), CounterWindow(.sliding, seconds: .max),
        ] {
            let key = CounterKey.sample(window)
            #expect(try store.reserve([.sample(key, of: 1)], at: now).isGranted)
            #expect(try !store.reserve([.sample(key, of: 1)], at: now).isGranted)
        }
    }
}
