// Counters in a Redis: servers on many machines share them.
//
// The instant is Redis's own (`TIME`), so that servers whose clocks disagree count alike. What a
// charge survives is what that Redis is set up to survive (`appendonly`, replicas).

internal import Kernel
package import Policies

/// A counter store in a Redis, version 5 or newer.
package final class RedisCounters: CounterStore {
    /// What happens while the server can't be reached.
    package enum FailMode: String, Hashable, Sendable, CaseIterable {
        /// Reserving throws, and the call is denied.
        case closed
        /// Everything is granted and nothing counted; who listens to notices is told.
        case open
    }

    /// What an operator should know.
    package enum Notice: Hashable, Sendable, CustomStringConvertible {
        /// Calls are granted without being counted from now on.
        case openedFor(reason: String)
        /// Counting goes on; so many reservations were granted uncounted.
        case closedAfter(uncounted: Int)

        package var description: String {
            switch self {
            case .openedFor(let reason): "calls go through uncounted: \(reason)"
            case .closedAfter(let uncounted):
                "the counters are back; \(uncounted) calls went through uncounted"
            }
        }
    }

    /// Whose time it is.
    enum Clock { case server, caller }

    private struct State {
        var link: RedisLink
        var uncounted = 0
        var uncountedInAll = 0
    }

    /// Begins the name of a ticket that nothing was charged for.
    private static let uncountedPrefix = "uncounted-"
    /// Windows are microseconds in a double: a hundred years of them are exact by far.
    private static let longestWindow: Int64 = 100 * 366 * 86_400

    private let state: Monitor<State>
    private let prefix: String
    private let mode: FailMode
    private let clock: Clock
    private let notify: @Sendable (Notice) -> Void

    /// Connects with the first call. `prefix` keeps installations apart that share a database.
    package convenience init(
        _ address: RedisAddress, prefix: String = "sandboa", mode: FailMode = .closed,
        timeoutMilliseconds: Int64 = 1000,
        notify: @escaping @Sendable (Notice) -> Void = { _ in }
    ) {
        self.init(
            address, prefix: prefix, mode: mode, timeoutMilliseconds: timeoutMilliseconds,
            clock: .server, notify: notify)
    }

    init(
        _ address: RedisAddress, prefix: String, mode: FailMode, timeoutMilliseconds: Int64,
        clock: Clock, notify: @escaping @Sendable (Notice) -> Void = { _ in }
    ) {
        let link = RedisLink(address, timeoutMilliseconds: timeoutMilliseconds)
        state = Monitor(State(link: link))
        self.prefix = "{\(prefix)}:"
        self.mode = mode
        self.clock = clock
        self.notify = notify
    }

    /// Reservations granted without counting since the start, for metrics.
    package var uncountedGrants: Int { state.read { $0.uncountedInAll } }

    /// Asks the server for nothing, and throws when it does not answer: for the start.
    package func check() throws(LedgerError) {
        _ = try state.read { (state) throws(LedgerError) in
            try state.link.run(
                RedisScripts.values, keys: ["\(prefix)clock"], [""])
        }
    }

    package func reserve(
        _ reservations: [Reservation], at now: Instant
    ) throws(LedgerError) -> ReserveResult {
        try Reservation.check(reservations)
        for reservation in reservations { try checkWindow(reservation.key) }
        let ticket = try TicketName.fresh()
        var keys = ["\(prefix)clock", "\(prefix)t:\(ticket)"]
        var arguments = [instant(now), ticket]
        for reservation in reservations {
            keys += names(of: reservation.key)
            let window = reservation.key.window
            arguments += [
                window.kind.rawValue, "\(window.seconds)", "\(reservation.amount)",
                "\(reservation.most)", reservation.charge.rawValue,
            ]
        }
        guard !reservations.isEmpty,
            let answer = try run(RedisScripts.reserve, keys, arguments, isReserving: true)
        else {
            return .granted(ReservationTicket(id: Self.uncountedPrefix + ticket))
        }
        return try result(of: answer, ticket)
    }

    private func result(
        of answer: [RedisReply], _ ticket: String
    ) throws(LedgerError) -> ReserveResult {
        if answer == [.integer(1)] { return .granted(ReservationTicket(id: ticket)) }
        guard answer.count == 4, answer[0] == .integer(0), let index = answer[1].integer,
            let current = answer[2].text.flatMap({ Int64($0) }), let wait = answer[3].integer
        else { throw Self.misunderstood }
        return .refused(
            index: Int(index), current: current, retryAfterMilliseconds: wait < 0 ? nil : wait)
    }

    package func settle(
        _ ticket: ReservationTicket, as settlement: Settlement
    ) throws(LedgerError) {
        if ticket.id.hasPrefix(Self.uncountedPrefix) { return }
        _ = try run(
            RedisScripts.settle, ["\(prefix)t:\(ticket.id)"], [settlement.rawValue])
    }

    package func values(of keys: [CounterKey], at now: Instant) throws(LedgerError) -> [Int64] {
        for key in keys { try key.check() }
        for key in keys { try checkWindow(key) }
        let names = ["\(prefix)clock"] + keys.flatMap(names)
        let windows = keys.flatMap { [$0.window.kind.rawValue, "\($0.window.seconds)"] }
        let answer = try run(RedisScripts.values, names, [instant(now)] + windows)
        guard let answer else { return keys.map { _ in 0 } }
        let sums = answer.compactMap { $0.text.flatMap { Int64($0) } }
        guard sums.count == keys.count else { throw Self.misunderstood }
        return sums
    }

    /// Runs a script; nil: the server is gone, and the mode is open.
    private func run(
        _ script: String, _ keys: [String], _ arguments: [String], isReserving: Bool = false
    ) throws(LedgerError) -> [RedisReply]? {
        var notice: Notice?
        let answer = try state.read { (state) throws(LedgerError) -> [RedisReply]? in
            do throws(LedgerError) {
                let answer = try state.link.run(script, keys: keys, arguments)
                if state.uncounted > 0 { notice = .closedAfter(uncounted: state.uncounted) }
                state.uncounted = 0
                return answer
            } catch {
                guard mode == .open, error.kind == .unavailable else { throw error }
                guard isReserving else { return nil }
                if state.uncounted == 0 { notice = .openedFor(reason: error.description) }
                state.uncounted += 1
                state.uncountedInAll += 1
                return nil
            }
        }
        if let notice { notify(notice) }
        return answer
    }

    private func names(of key: CounterKey) -> [String] {
        let digest = key.digest
        return ["\(prefix)c:\(digest)", "\(prefix)e:\(digest)"]
    }

    private func instant(_ now: Instant) -> String {
        clock == .server ? "" : "\(now.nanoseconds / 1000)"
    }

    private func checkWindow(_ key: CounterKey) throws(LedgerError) {
        guard key.window.seconds <= Self.longestWindow else {
            throw LedgerError(
                .invalid,
                "\(key.name) counts over \(key.window.seconds) s; in a Redis a window has at most "
                    + "\(Self.longestWindow) s")
        }
    }

    private static let misunderstood = LedgerError(
        .refused, "the Redis gave an answer of another form; is its database our own?")
}
