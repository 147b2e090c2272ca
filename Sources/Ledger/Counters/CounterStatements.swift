// The SQL of counters, prepared once for each connection.

/// Everything a transaction may run.
struct CounterStatements {
    let begin, beginReading, commit, rollback: Database.Statement
    /// Of a counter: latest, start, total.
    let counter: Database.Statement
    let floor: Database.Statement
    /// The sum of a sliding counter's entries up to an instant.
    let over: Database.Statement
    /// The instant of the entry with whose end enough of a counter is free.
    let freeing: Database.Statement
    let forget, enter, count, hold: Database.Statement
    let held, release: Database.Statement
    let giveBackInWindow, giveBack, hasEntry, removeEntry: Database.Statement
    let raiseFloor, sweepEntries, sweepCounters, sweepTickets: Database.Statement

    init(_ database: Database) throws(LedgerError) {
        func prepared(_ sql: String) throws(LedgerError) -> Database.Statement {
            try Database.Statement(database, sql)
        }
        begin = try prepared("BEGIN IMMEDIATE")
        beginReading = try prepared("BEGIN")
        commit = try prepared("COMMIT")
        rollback = try prepared("ROLLBACK")
        counter = try prepared("SELECT latest, start, total FROM counter WHERE key = ?")
        floor = try prepared("SELECT value FROM setting WHERE name = 'floor'")
        over = try prepared("SELECT sum(amount) FROM entry WHERE key = ? AND time <= ?")
        freeing = try prepared(
            """
            SELECT time FROM (SELECT time, sum(amount) OVER (ORDER BY time, ticket, place) AS freed
                FROM entry WHERE key = ?1 AND time > ?2) WHERE freed >= ?3 LIMIT 1
            """)
        forget = try prepared("DELETE FROM entry WHERE key = ? AND time <= ?")
        enter = try prepared("INSERT INTO entry VALUES (?, ?, ?, ?, ?)")
        count = try prepared(
            """
            INSERT INTO counter VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (key) DO UPDATE
                SET latest = ?2, start = ?3, total = ?4, ends = ?5
            """)
        hold = try prepared("INSERT INTO ticket VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        held = try prepared(
            "SELECT place, key, kind, start, amount, charge FROM ticket WHERE id = ?")
        release = try prepared("DELETE FROM ticket WHERE id = ?")
        giveBackInWindow = try prepared(
            "UPDATE counter SET total = max(0, total - ?) WHERE key = ? AND start = ?")
        giveBack = try prepared("UPDATE counter SET total = max(0, total - ?) WHERE key = ?")
        hasEntry = try prepared(
            "SELECT 1 FROM entry WHERE key = ? AND time = ? AND ticket = ? AND place = ?")
        removeEntry = try prepared(
            "DELETE FROM entry WHERE key = ? AND time = ? AND ticket = ? AND place = ?")
        raiseFloor = try prepared(
            """
            INSERT INTO setting VALUES ('floor', ?1) ON CONFLICT (name) DO UPDATE
                SET value = max(value, ?1)
            """)
        sweepEntries = try prepared(
            "DELETE FROM entry WHERE key IN (SELECT key FROM counter WHERE ends <= ?)")
        sweepCounters = try prepared("DELETE FROM counter WHERE ends <= ?")
        sweepTickets = try prepared("DELETE FROM ticket WHERE ends <= ?")
    }
}
