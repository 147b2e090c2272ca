// Counters in a file: they survive restarts, and all servers of a machine share them.
//
// What holds when:
// - a process ends, however (kill -9 included): every granted reservation stays charged. A
//   transaction is in the kernel's page cache, in the write-ahead log, before `reserve` returns;
// - the machine loses power: with `.flushed` the same. With `.written` (the default, 20 times as
//   fast) the file is whole, but the charges of the last moments may be missing: at most what was
//   granted since the last checkpoint of the log (`LogKeeper`).
//
// INVARIANT: whatever changes counters does so in one immediate transaction; nothing is read in
// one and written in another.

internal import Kernel
internal import Notation
package import Policies

/// A counter store in an SQLite file, for any number of threads and processes.
package final class SQLiteCounters: CounterStore {
    /// How long a call waits for other processes.
    static let busyMilliseconds: Int32 = 5000

    private let tables: Monitor<CounterTables>
    private let keeper: LogKeeper

    /// Opens `counters.sqlite` in a directory (made if missing, for its owner only).
    package init(
        in directory: String, durability: Durability = .written
    ) throws(LedgerError) {
        let path = "\(directory)/counters.sqlite"
        do throws(SystemError) {
            try Files.makeDirectories(directory, mode: 0o700)
            try Files.makeEmpty(path)
        } catch {
            throw LedgerError(error, while: "making the counters \(path)")
        }
        // SQLite gives up at once, without waiting, when two processes turn a new file to its
        // journal at the same moment: one after the other, then.
        let gate = try Self.enter(path)
        let database = try Database(path, busyMilliseconds: Self.busyMilliseconds)
        tables = Monitor(try CounterTables(database, durability))
        keeper = try LogKeeper(of: path)
        _ = consume gate
    }

    deinit { keeper.end() }

    /// Waits until no other process opens the file; the next may when the descriptor closes.
    private static func enter(_ path: String) throws(LedgerError) -> Descriptor {
        do throws(SystemError) {
            let lock = "\(path).lock"
            try Files.makeEmpty(lock)
            let gate = try Files.open(lock)
            try gate.lock()
            return gate
        } catch {
            throw LedgerError(error, while: "opening the counters \(path)")
        }
    }

    package func reserve(
        _ reservations: [Reservation], at now: Instant
    ) throws(LedgerError) -> ReserveResult {
        try Reservation.check(reservations)
        let id = try TicketName.fresh()
        let charges = reservations.map { Charge($0, key: $0.key.digest) }
        defer { keeper.note() }
        return try tables.read { (tables) throws(LedgerError) in
            try tables.transaction { () throws(LedgerError) in
                try tables.reserve(charges, ticket: id, at: now.nanoseconds)
            }
        }
    }

    package func settle(
        _ ticket: ReservationTicket, as settlement: Settlement
    ) throws(LedgerError) {
        defer { keeper.note() }
        try tables.read { (tables) throws(LedgerError) in
            try tables.transaction { () throws(LedgerError) in
                try tables.settle(ticket.id, as: settlement)
            }
        }
    }

    package func values(of keys: [CounterKey], at now: Instant) throws(LedgerError) -> [Int64] {
        for key in keys { try key.check() }
        return try tables.read { (tables) throws(LedgerError) in
            try tables.transaction(writing: false) { () throws(LedgerError) in
                var values: [Int64] = []
                for key in keys {
                    let view = try tables.view(
                        key.digest, key.window, at: now.nanoseconds)
                    values.append(view.total)
                }
                return values
            }
        }
    }
}

/// A reservation and what its counter is filed under.
struct Charge {
    let reservation: Reservation
    let key: String

    init(_ reservation: Reservation, key: String) {
        self.reservation = reservation
        self.key = key
    }

    var window: CounterWindow { reservation.key.window }
}

/// Names of tickets: 128 random bits, so that no two stores anywhere give out the same.
enum TicketName {
    static func fresh() throws(LedgerError) -> String {
        do { return Hex.encode(try Entropy.bytes(16)) } catch {
            throw LedgerError(error, while: "naming a reservation")
        }
    }
}
