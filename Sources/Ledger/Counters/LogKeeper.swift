// Keeps SQLite's write-ahead log short, on a thread of its own.
//
// SQLite would do it inside of every three-hundredth call, which then waits tens of milliseconds
// for the device. A passive checkpoint on another connection makes nobody wait.

internal import Kernel

/// The thread that checkpoints, and what wakes it.
final class LogKeeper: Sendable {
    /// Transactions between two checkpoints; each adds three or four pages of 4 KiB to the log.
    private static let interval = 256
    /// When the keeper can't keep up, SQLite checkpoints inside of a call after all, at so many
    /// pages: the log does not grow for ever.
    static let mostPages = 16_384

    private struct State {
        var pending = 0
        var isEnding = false
    }

    private let state = Monitor(State())

    init(of path: String) throws(LedgerError) {
        let state = state
        do throws(SystemError) {
            try Threads.start { Self.keep(path, state) }
        } catch {
            throw LedgerError(error, while: "starting the thread that keeps \(path)")
        }
    }

    /// A transaction was made.
    func note() {
        let isDue = state.read { state in
            state.pending += 1
            return state.pending == Self.interval
        }
        if isDue { state.updateOne { _ in } }
    }

    /// Lets the thread go.
    func end() { state.update { $0.isEnding = true } }

    private static func keep(_ path: String, _ state: Monitor<State>) {
        while true {
            let goesOn = state.wait { state -> Bool? in
                if state.isEnding { return false }
                guard state.pending >= interval else { return nil }
                state.pending = 0
                return true
            }
            guard goesOn == true else { return }
            checkpoint(path)
        }
    }

    /// A failure is harmless: the next one does its work, or SQLite inside of a call, which tells.
    private static func checkpoint(_ path: String) {
        do throws(LedgerError) {
            let database = try Database(path, busyMilliseconds: 0)
            try database.run("PRAGMA wal_checkpoint(PASSIVE)")
        } catch {}
    }
}
