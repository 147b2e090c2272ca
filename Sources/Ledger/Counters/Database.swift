// The one wrapper of SQLite: a connection and its prepared statements.

internal import CSQLite
internal import Kernel

/// One connection to one file.
///
/// INVARIANT: used by one thread at a time; whoever owns it holds a lock around every call.
/// INVARIANT: `connection` is open from init to deinit, and statements never outlive it.
@safe final class Database {
    enum Value {
        case integer(Int64)
        case text(String)
    }

    let path: String
    // SAFETY: opened in init, closed in deinit, given to statements that keep this object alive.
    fileprivate let connection: UnsafeMutableRawPointer

    /// Opens a file that is there (an empty one will do).
    init(_ path: String, busyMilliseconds: Int32) throws(LedgerError) {
        var opened: UnsafeMutableRawPointer?
        // SAFETY: the path is read until its NUL; the shim stores an open connection or nothing.
        let result = unsafe sbx_sqlite_open(path, busyMilliseconds, &opened)
        guard result >= 0, let opened = unsafe opened else {
            throw Self.failure(-result, "cannot be opened", path)
        }
        self.path = path
        unsafe connection = opened
    }

    // SAFETY: statements hold this object, so none is left.
    deinit { unsafe sbx_sqlite_close(connection) }

    /// Runs statements without values and without rows.
    func run(_ sql: String) throws(LedgerError) {
        // SAFETY: the text is read until its NUL.
        try check(unsafe sbx_sqlite_run(connection, sql))
    }

    /// Makes the file use a write-ahead log. SQLite does not wait for others that do so at the same
    /// moment; we do.
    func useLog() throws(LedgerError) {
        let deadline = Moment.now.advanced(byMilliseconds: Int64(SQLiteCounters.busyMilliseconds))
        while true {
            do throws(LedgerError) { return try run("PRAGMA journal_mode = WAL") } catch {
                guard error.kind == .busy, Moment.now < deadline else { throw error }
            }
        }
    }

    @discardableResult
    fileprivate func check(_ result: Int32) throws(LedgerError) -> Int32 {
        if result >= 0 { return result }
        var buffer = [CChar](repeating: 0, count: 256)
        // SAFETY: the shim writes at most `count` bytes and ends them with a NUL.
        unsafe sbx_sqlite_message(connection, &buffer, buffer.count)
        let message = buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
        throw Self.failure(-result, String(decoding: message, as: UTF8.self), path)
    }

    /// What SQLite's codes mean to an operator. The low byte is the kind.
    private static func failure(_ code: Int32, _ message: String, _ path: String) -> LedgerError {
        switch code & 0xff {
        case 5, 6:
            LedgerError(
                .busy, "the counters \(path) stayed locked by another process; try again")
        case 13:
            LedgerError(.full, "no room for the counters \(path); make room on the device")
        case 11, 26:
            LedgerError(
                .damaged,
                "the counters \(path) are damaged (\(message)); move the file away, and counting "
                    + "begins again from zero")
        default:
            LedgerError(.system, "the counters \(path): \(message) (SQLite code \(code))")
        }
    }
}

extension Database {
    /// A prepared statement, kept for the next time.
    ///
    /// SAFETY: each call passes the statement that init prepared and deinit finalizes.
    @safe final class Statement {
        private let database: Database
        private let statement: UnsafeMutableRawPointer

        init(_ database: Database, _ sql: String) throws(LedgerError) {
            var prepared: UnsafeMutableRawPointer?
            // SAFETY: the text is read until its NUL; the shim stores a statement or nothing.
            let result = unsafe sbx_sqlite_prepare(database.connection, sql, &prepared)
            try database.check(result)
            guard let prepared = unsafe prepared else {
                preconditionFailure("a statement is not empty")
            }
            self.database = database
            unsafe statement = prepared
        }

        // SAFETY: nobody steps a statement that nobody holds; the connection is still open.
        deinit { unsafe sbx_sqlite_finalize(statement) }

        func run(_ values: Value...) throws(LedgerError) {
            try each(values) { _ in }
        }

        /// The first column of the first row; nil without a row.
        func integer(_ values: Value...) throws(LedgerError) -> Int64? {
            var found: Int64?
            try each(values) { row in
                found = found ?? row.integer(0)
                return
            }
            return found
        }

        func each(_ values: [Value], _ row: (Row) -> Void) throws(LedgerError) {
            // SAFETY: the statement is prepared, and nobody else uses it.
            defer { unsafe sbx_sqlite_reset(statement) }
            for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1)) }
            while try database.check(unsafe sbx_sqlite_step(statement)) == 1 {
                row(Row(statement: self))
            }
        }

        private func bind(_ value: Value, at place: Int32) throws(LedgerError) {
            switch value {
            case .integer(let number):
                // SAFETY: as above.
                try database.check(unsafe sbx_sqlite_bind_integer(statement, place, number))
            case .text(var text):
                // SAFETY: SQLite copies the bytes.
                let result = text.withUTF8 { bytes in
                    unsafe bytes.withMemoryRebound(to: CChar.self) {
                        unsafe sbx_sqlite_bind_text(statement, place, $0.baseAddress, $0.count)
                    }
                }
                try database.check(result)
            }
        }

        fileprivate func integer(_ column: Int32) -> Int64 {
            // SAFETY: SQLite answers any column; of a row that is gone, with zero.
            unsafe sbx_sqlite_integer(statement, column)
        }

        fileprivate func text(_ column: Int32) -> String {
            var size = 0
            // SAFETY: the bytes are valid until the next step, and copied here.
            guard let text = unsafe sbx_sqlite_text(statement, column, &size) else { return "" }
            let bytes = unsafe UnsafeRawBufferPointer(start: text, count: size)
            return unsafe String(decoding: bytes, as: UTF8.self)
        }
    }

    /// The row a statement stands on; not to be kept.
    struct Row {
        fileprivate let statement: Statement

        func integer(_ column: Int32) -> Int64 { statement.integer(column) }
        func text(_ column: Int32) -> String { statement.text(column) }
    }
}
