// What only counters in a Redis do: be away, come back, and take a password.

import Foundation
import Kernel
import Policies
import Testing

@testable import Ledger

@Suite(.enabled(if: RedisServer.isInstalled, "redis-server is not installed"))
struct RedisCountersTests {
    private let key = CounterKey.sample(CounterWindow(.sliding, seconds: 3600))

    private func store(
        _ server: RedisServer, _ mode: RedisCounters.FailMode = .closed,
        notify: @escaping @Sendable (RedisCounters.Notice) -> Void = { _ in }
    ) throws -> RedisCounters {
        RedisCounters(
            try RedisAddress(server.address), mode: mode, timeoutMilliseconds: 500, notify: notify)
    }

    @Test func `the instant is the server's own`() throws {
        let server = try RedisServer()
        let store = try store(server)
        #expect(try store.reserve([.sample(key, of: 1)], at: .after(0)).isGranted)
        // A year later by our clock: the server knows better.
        let later = Instant.after(366 * 86_400_000)
        let result = try store.reserve([.sample(key, of: 1)], at: later)
        server.stop()
        guard case .refused(0, 1, let retry?) = result else {
            Issue.record("\(result)")
            return
        }
        #expect((3_590_000...3_600_000).contains(retry))
    }

    @Test func `closed: without the server nothing is granted, with it again it is`() throws {
        let server = try RedisServer()
        let store = try store(server)
        try store.check()
        server.stop()
        for _ in 0..<3 {
            #expect { try store.reserve([.sample(key, of: 9)], at: .after(0)) } throws: {
                ($0 as? LedgerError)?.kind == .unavailable && "\($0)".contains(server.address)
            }
        }
        let again = try RedisServer(port: server.port)
        #expect(try granted(by: store))
        #expect(store.uncountedGrants == 0)
        again.stop()
    }

    /// Tries for as long as the store waits after a failure, and some.
    private func granted(by store: RedisCounters) throws -> Bool {
        let deadline = Date(timeIntervalSinceNow: 5)
        while Date() < deadline {
            do {
                return try store.reserve([.sample(key, of: 9)], at: .after(0)).isGranted
            } catch  where error.kind == .unavailable { continue }
        }
        return false
    }

    @Test func `open: without the server everything is granted, counted and told`() throws {
        let server = try RedisServer()
        let told = Monitor<[RedisCounters.Notice]>([])
        let store = try store(server, .open) { notice in told.update { $0.append(notice) } }
        #expect(try store.reserve([.sample(key, 9, of: 9)], at: .after(0)).isGranted)
        server.stop()
        for _ in 0..<4 {
            let result = try store.reserve([.sample(key, 9, of: 9)], at: .after(0))
            try store.settle(#require(result.ticket), as: .ok)
        }
        #expect(try store.values(of: [key], at: .after(0)) == [0])
        #expect(store.uncountedGrants == 4)
        #expect(told.read { $0.count } == 1)
        let again = try RedisServer(port: server.port)
        let deadline = Date(timeIntervalSinceNow: 5)
        while told.read({ $0.count }) < 2, Date() < deadline {
            _ = try store.reserve([.sample(key, of: 9)], at: .after(0))
        }
        guard case .closedAfter(let uncounted) = told.read({ $0.last }) else {
            Issue.record("nobody was told that the server is back")
            return
        }
        #expect(uncounted == store.uncountedGrants)
        again.stop()
    }

    @Test func `a password is sent, and never shown`() throws {
        let password = "p@ss:w/rd%"
        let server = try RedisServer(password: password)
        let place = "@127.0.0.1:\(server.port)"
        let right = try RedisAddress("redis://:p%40ss%3Aw%2Frd%25\(place)/3")
        #expect("\(right)" == "redis://127.0.0.1:\(server.port)/3")
        let store = RedisCounters(right)
        #expect(try store.reserve([.sample(key, of: 1)], at: .after(0)).isGranted)
        for wrong in ["redis://:wrongword\(place)", "redis://\(place.dropFirst())"] {
            // A wrong password is no missing server: open does not open.
            let store = RedisCounters(try RedisAddress(wrong), mode: .open)
            #expect { try store.reserve([.sample(key, of: 1)], at: .after(0)) } throws: {
                ($0 as? LedgerError)?.kind == .refused && !"\($0)".contains("wrongword")
            }
        }
    }

    @Test func `scripts that the server forgot are sent again`() throws {
        let server = try RedisServer()
        let store = try store(server)
        #expect(try store.reserve([.sample(key, of: 2)], at: .after(0)).isGranted)
        let connection = try RedisConnection(
            host: "127.0.0.1", port: server.port, timeoutMilliseconds: 1000)
        _ = try connection.command(["SCRIPT", "FLUSH"])
        #expect(try store.reserve([.sample(key, of: 2)], at: .after(0)).isGranted)
        // And so is a connection that it closed.
        _ = try connection.command(["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"])
        #expect(try !store.reserve([.sample(key, of: 2)], at: .after(0)).isGranted)
    }

    @Test func `keys are digests that expire, all on one node`() throws {
        let server = try RedisServer()
        let store = try store(server)
        let key = CounterKey.sample(CounterWindow(.sliding, seconds: 60), owner: "session-secret")
        _ = try store.reserve([.sample(key, of: 2)], at: .after(0))
        let connection = try RedisConnection(
            host: "127.0.0.1", port: server.port, timeoutMilliseconds: 1000)
        guard case .list(let names) = try connection.command(["KEYS", "*"]) else {
            Issue.record("no list")
            return
        }
        #expect(names.count == 4)
        for name in names.compactMap(\.text) {
            #expect(name.hasPrefix("{sandboa}:") && !name.contains("session-secret"))
            let life = try connection.command(["PTTL", name]).integer ?? 0
            #expect(name.hasSuffix(":clock") ? life == -1 : (86_400_000...86_460_000) ~= life)
        }
    }

    @Test func `a server that does not answer costs one time-out, not one for each call`() throws {
        // A listening socket that nobody serves.
        let silent = try SilentServer()
        let store = RedisCounters(
            try RedisAddress("redis://127.0.0.1:\(silent.port)"), timeoutMilliseconds: 300)
        let start = Moment.now
        for _ in 0..<50 {
            #expect { try store.reserve([.sample(key, of: 1)], at: .after(0)) } throws: {
                "\($0)".contains("timed out")
            }
        }
        #expect(Moment.now.nanoseconds(since: start) < 1_000_000_000)
    }
}

@Suite struct RedisAddressTests {
    @Test(
        arguments: [
            ("redis://a", "redis://a:6379/0", nil, nil),
            ("redis://a/", "redis://a:6379/0", nil, nil),
            ("redis://a:1/15", "redis://a:1/15", nil, nil),
            ("redis://[::1]:7/2", "redis://[::1]:7/2", nil, nil),
            ("redis://u:p@a", "redis://a:6379/0", "u", "p"),
            ("redis://:p@a", "redis://a:6379/0", nil, "p"),
            ("redis://u:p%40%3a%2F@a", "redis://a:6379/0", "u", "p@:/"),
        ] as [(String, String, String?, String?)])
    func `an address is read`(text: String, shown: String, user: String?, password: String?) throws
    {
        let address = try RedisAddress(text)
        #expect("\(address)" == shown)
        #expect(address.user == user && address.password == password)
    }

    @Test(arguments: [
        "", "a:6379", "http://u:hidden@a", "rediss://u:hidden@a", "redis://", "redis://:0",
        "redis://u:hidden@a:99999", "redis://u:hidden@a/x", "redis://u:hidden@a/-1",
        "redis://u:%zzhidden@a", "redis://u:hidden%4@a", "redis://u:hidden@", "redis://[::1",
        "redis://u:hidden@a b", "redis://u:hidden@a:",
    ])
    func `a malformed address is refused without repeating it`(text: String) {
        #expect { try RedisAddress(text) } throws: {
            let said = "\($0)"
            return ($0 as? LedgerError)?.kind == .invalid && !said.contains("hidden")
        }
    }
}
