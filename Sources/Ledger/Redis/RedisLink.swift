// A connection that is made when it is needed, and again when it was lost.

internal import Kernel

/// The state behind the lock of a Redis store.
///
/// INVARIANT: after a failure nothing is tried for a pause: with the server gone, only one call in
/// a while waits for a time-out, and all others are told at once.
struct RedisLink {
    static let pauseMilliseconds: Int64 = 1000

    private let address: RedisAddress
    private let timeoutMilliseconds: Int64
    private var connection: RedisConnection?
    /// The names of the scripts, by text, as the server of this connection gave them.
    private var names: [String: String] = [:]
    private var lastFailure: (error: LedgerError, tryAgainAt: Moment)?

    init(_ address: RedisAddress, timeoutMilliseconds: Int64) {
        self.address = address
        self.timeoutMilliseconds = timeoutMilliseconds
    }

    /// Answers that mean "not now": the server is starting, full, or not the one that writes.
    private static let notNow = [
        "LOADING", "BUSY", "READONLY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "OOM", "MISCONF",
        "NOREPLICAS",
    ]

    /// Runs a script. A lost connection is made anew once: a script that ran already is told by
    /// its ticket, so running it twice charges once.
    mutating func run(
        _ script: String, keys: [String], _ arguments: [String]
    ) throws(LedgerError) -> [RedisReply] {
        if let lastFailure, Moment.now < lastFailure.tryAgainAt {
            throw lastFailure.error
        }
        do {
            let isOld = connection != nil
            do {
                return try attempt(script, keys, arguments)
            } catch let loss as RedisLoss {
                guard isOld, !loss.isTimeout else { throw loss }
                connection = nil
                return try attempt(script, keys, arguments)
            }
        } catch {
            let reason = (error as? RedisLoss)?.reason ?? "\(error)"
            let known = error as? LedgerError ?? unavailable(reason)
            if known.kind == .unavailable {
                connection = nil
                let pause = Moment.now.advanced(byMilliseconds: Self.pauseMilliseconds)
                lastFailure = (known, pause)
            }
            throw known
        }
    }

    private func unavailable(_ reason: String) -> LedgerError {
        LedgerError(
            .unavailable,
            "the counters at \(address) can't be reached (\(reason)); start that Redis, or let "
                + "calls through without it with the fail mode open")
    }

    private mutating func attempt(
        _ script: String, _ keys: [String], _ arguments: [String]
    ) throws -> [RedisReply] {
        let connection = try connected()
        let tail = ["\(keys.count)"] + keys + arguments
        var reply = try connection.command(
            ["EVALSHA", try name(of: script, on: connection)] + tail)
        if case .error(let text) = reply, text.hasPrefix("NOSCRIPT") {
            names[script] = nil
            reply = try connection.command(
                ["EVALSHA", try name(of: script, on: connection)] + tail)
        }
        lastFailure = nil
        guard case .list(let answer) = try accepted(reply) else {
            throw LedgerError(
                .refused, "the counters at \(address) answered with something else than a list")
        }
        return answer
    }

    private mutating func connected() throws -> RedisConnection {
        if let connection { return connection }
        names = [:]
        let fresh = try RedisConnection(
            host: address.host, port: address.port, timeoutMilliseconds: timeoutMilliseconds)
        if let password = address.password {
            let credentials = address.user.map { [$0, password] } ?? [password]
            _ = try accepted(try fresh.command(["AUTH"] + credentials))
        }
        if address.database != 0 {
            _ = try accepted(try fresh.command(["SELECT", "\(address.database)"]))
        }
        connection = fresh
        return fresh
    }

    private mutating func name(
        of script: String, on connection: RedisConnection
    ) throws -> String {
        if let name = names[script] { return name }
        let reply = try accepted(try connection.command(["SCRIPT", "LOAD", script]))
        guard let name = reply.text else {
            throw LedgerError(.refused, "the counters at \(address) take no scripts")
        }
        names[script] = name
        return name
    }

    /// The reply, unless it is an error. Redis repeats no password in an error.
    private func accepted(_ reply: RedisReply) throws(LedgerError) -> RedisReply {
        guard case .error(let text) = reply else { return reply }
        let word = text.prefix { $0 != " " }
        if Self.notNow.contains(String(word)) { throw unavailable(String(text.prefix(120))) }
        throw LedgerError(
            .refused,
            "the Redis at \(address) refused: \(text.prefix(120)); check the user, the password "
                + "and the rights in the address")
    }
}
