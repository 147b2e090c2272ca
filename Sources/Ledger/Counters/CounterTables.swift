// The tables of counters, and the three things done with them, each inside a transaction.

internal import Policies

/// An open database with everything prepared.
///
/// - `counter`: one row for each counter with a charge: the latest instant it has seen, the
///   calendar window it counts, the sum, and when nothing of it counts any more;
/// - `entry`: what a sliding counter is made of;
/// - `ticket`: reservations that are not settled;
/// - `setting`: the `floor`, an instant no new counter begins before. What was swept away had ended
///   by then, so a clock that is set back can't bring an emptied window back.
final class CounterTables {
    private static let version: Int64 = 1
    /// Grants between two sweeps.
    private static let sweepInterval = 1024
    /// How long what has ended is kept, in nanoseconds: a day. A clock that is set back by less
    /// finds each counter as it was.
    private static let grace: Int64 = 86_400 * 1_000_000_000

    /// Nothing is charged before: a cut-off that stops at the end of Int64 is earlier still.
    private static let earliest = Int64.min + 1

    private static let schema = """
        CREATE TABLE IF NOT EXISTS counter (key TEXT PRIMARY KEY, latest INTEGER NOT NULL,
            start INTEGER NOT NULL, total INTEGER NOT NULL CHECK (total >= 0),
            ends INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS entry (key TEXT NOT NULL, time INTEGER NOT NULL,
            ticket TEXT NOT NULL, place INTEGER NOT NULL, amount INTEGER NOT NULL,
            PRIMARY KEY (key, time, ticket, place)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS ticket (id TEXT NOT NULL, place INTEGER NOT NULL,
            key TEXT NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL,
            amount INTEGER NOT NULL, charge TEXT NOT NULL, ends INTEGER NOT NULL,
            PRIMARY KEY (id, place)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value INTEGER NOT NULL)
            STRICT, WITHOUT ROWID;
        PRAGMA user_version = 1;
        """

    let database: Database
    let statements: CounterStatements
    private var grantsUntilSweep = 0

    init(_ database: Database, _ durability: Durability) throws(LedgerError) {
        self.database = database
        let synchronous = durability == .flushed ? "FULL" : "NORMAL"
        // Foreign code in a schema is never run: the file is ours, but it is a file.
        try database.run("PRAGMA trusted_schema = OFF")
        try database.useLog()
        try database.run("PRAGMA synchronous = \(synchronous); PRAGMA temp_store = MEMORY")
        try database.run("PRAGMA wal_autocheckpoint = \(LogKeeper.mostPages)")
        let found = try Database.Statement(database, "PRAGMA user_version").integer() ?? 0
        guard found <= Self.version else {
            throw LedgerError(
                .invalid,
                "the counters \(database.path) were written by a newer program (version \(found), "
                    + "known is \(Self.version)); update this one, or name another directory")
        }
        if found < Self.version {
            try database.run("BEGIN IMMEDIATE; \(Self.schema) COMMIT")
        }
        statements = try CounterStatements(database)
    }

    /// Runs `body` as one transaction: all of it, or (when it throws) nothing.
    func transaction<Result>(
        writing: Bool = true, _ body: () throws(LedgerError) -> Result
    ) throws(LedgerError) -> Result {
        try (writing ? statements.begin : statements.beginReading).run()
        do throws(LedgerError) {
            let result = try body()
            try statements.commit.run()
            return result
        } catch {
            // What matters is why it failed. A transaction that can't be taken back was ended by
            // SQLite already.
            do throws(LedgerError) { try statements.rollback.run() } catch {}
            throw error
        }
    }

    // MARK: Looking

    /// What a counter says at an instant.
    struct View {
        /// The instant, or the latest the counter has seen if that is later.
        let instant: Int64
        let total: Int64
    }

    func view(
        _ key: String, _ window: CounterWindow, at now: Int64
    ) throws(LedgerError) -> View {
        var row: (latest: Int64, start: Int64, total: Int64)?
        try statements.counter.each([.text(key)]) {
            row = ($0.integer(0), $0.integer(1), $0.integer(2))
        }
        guard let row else {
            let floor = try statements.floor.integer() ?? Self.earliest
            return View(instant: max(now, floor, Self.earliest), total: 0)
        }
        let instant = max(now, row.latest)
        switch window.kind {
        case .calendar:
            let isCurrent = window.index(at: instant) == row.start
            return View(instant: instant, total: isCurrent ? row.total : 0)
        case .sliding:
            let cutoff = instant.subtractingClamped(window.nanoseconds)
            let over = try statements.over.integer(.text(key), .integer(cutoff)) ?? 0
            return View(instant: instant, total: max(0, row.total.subtractingClamped(over)))
        }
    }

    // MARK: Reserving

    func reserve(
        _ charges: [Charge], ticket: String, at now: Int64
    ) throws(LedgerError) -> ReserveResult {
        var tally = Tally()
        for (index, charge) in charges.enumerated() {
            if tally.views[charge.key] == nil {
                tally.views[charge.key] = try view(charge.key, charge.window, at: now)
            }
            guard case .excess(let current, let excess) = tally.add(charge) else { continue }
            let wait = try excess.flatMap { (needed) throws(LedgerError) in
                try self.wait(for: charge, tally.views[charge.key], freeing: needed, from: now)
            }
            return .refused(index: index, current: current, retryAfterMilliseconds: wait)
        }
        for (place, charge) in charges.enumerated() {
            try write(charge, tally, ticket, Int64(place))
        }
        try sweepNowAndThen(at: now)
        return .granted(ReservationTicket(id: ticket))
    }

    /// Milliseconds until `needed` of a counter is free.
    private func wait(
        for charge: Charge, _ view: View?, freeing needed: Int64, from now: Int64
    ) throws(LedgerError) -> Int64? {
        guard let view else { return nil }
        let window = charge.window
        switch window.kind {
        case .calendar:
            return window.end(ofChargeAt: view.instant).millisecondsUp(since: now)
        case .sliding:
            let cutoff = view.instant.subtractingClamped(window.nanoseconds)
            let time = try statements.freeing.integer(
                .text(charge.key), .integer(cutoff), .integer(needed))
            return time.map { window.end(ofChargeAt: $0).millisecondsUp(since: now) }
        }
    }

    private func write(
        _ charge: Charge, _ tally: Tally, _ ticket: String, _ place: Int64
    ) throws(LedgerError) {
        guard let view = tally.views[charge.key], let taken = tally.taken[charge.key] else {
            return
        }
        let window = charge.window
        let ends = window.end(ofChargeAt: view.instant)
        let key = Database.Value.text(charge.key)
        let start = window.kind == .calendar ? window.index(at: view.instant) : view.instant
        let amount = charge.reservation.amount
        if window.kind == .sliding {
            let cutoff = view.instant.subtractingClamped(window.nanoseconds)
            try statements.forget.run(key, .integer(cutoff))
            if amount > 0 {
                try statements.enter.run(
                    key, .integer(start), .text(ticket), .integer(place), .integer(amount))
            }
        }
        try statements.count.run(
            key, .integer(view.instant), .integer(start), .integer(view.total + taken),
            .integer(ends))
        try statements.hold.run(
            .text(ticket), .integer(place), key, .text(window.kind.rawValue), .integer(start),
            .integer(amount), .text(charge.reservation.charge.rawValue), .integer(ends))
    }

    // MARK: Settling

    func settle(_ ticket: String, as settlement: Settlement) throws(LedgerError) {
        if settlement != .ok {
            var held: [Held] = []
            try statements.held.each([.text(ticket)]) { held.append(Held($0)) }
            for one in held where one.isGivenBack(as: settlement) { try giveBack(one, ticket) }
        }
        try statements.release.run(.text(ticket))
    }

    /// A reservation of a ticket, as it was stored.
    private struct Held {
        let place: Int64
        let key: String
        let kind: String
        let start: Int64
        let amount: Int64
        let charge: String

        init(_ row: Database.Row) {
            place = row.integer(0)
            key = row.text(1)
            kind = row.text(2)
            start = row.integer(3)
            amount = row.integer(4)
            charge = row.text(5)
        }

        func isGivenBack(as settlement: Settlement) -> Bool {
            // A charge of a name we don't know stays.
            guard let charge = Limit.Charge(rawValue: charge) else { return false }
            return Reservation.isGivenBack(charge, as: settlement)
        }
    }

    private func giveBack(_ held: Held, _ ticket: String) throws(LedgerError) {
        let key = Database.Value.text(held.key)
        let amount = Database.Value.integer(held.amount)
        if held.kind == CounterWindow.Kind.calendar.rawValue {
            return try statements.giveBackInWindow.run(amount, key, .integer(held.start))
        }
        let start = Database.Value.integer(held.start)
        let place = Database.Value.integer(held.place)
        // Only what is still an entry is still in the sum.
        let isThere = try statements.hasEntry.integer(key, start, .text(ticket), place)
        guard isThere == 1 else { return }
        try statements.removeEntry.run(key, start, .text(ticket), place)
        try statements.giveBack.run(amount, key)
    }

    // MARK: Sweeping

    /// Removes what ended a day ago, so that counters of sessions that are gone don't pile up.
    private func sweepNowAndThen(at now: Int64) throws(LedgerError) {
        if grantsUntilSweep > 0 {
            grantsUntilSweep -= 1
            return
        }
        grantsUntilSweep = Self.sweepInterval
        let cutoff = Database.Value.integer(now.subtractingClamped(Self.grace))
        try statements.raiseFloor.run(cutoff)
        try statements.sweepEntries.run(cutoff)
        try statements.sweepCounters.run(cutoff)
        try statements.sweepTickets.run(cutoff)
    }
}
