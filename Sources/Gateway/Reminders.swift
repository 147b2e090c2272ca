// Waking up in time: what is to happen later, on one thread for all calls.
//
// INVARIANT: an act runs at its moment or later, and without any lock held. One that runs while its
// reminder is taken back is not called again.

internal import Kernel

/// Acts that are due at a moment, and perhaps again later.
final class Reminders: Sendable {
    /// Does what is due; says when it wants to be called next, or nil: never again.
    typealias Act = @Sendable (Moment) -> Moment?

    private struct Entry {
        var due: Moment
        let act: Act
    }

    private struct State {
        var entries: [UInt64: Entry] = [:]
        var made: UInt64 = 0
        /// What the thread sleeps for; nil: for ever.
        var wakesAt: Moment?
    }

    private let state = Monitor(State())

    init() throws(SystemError) {
        try Threads.start { [state] in
            while true { Self.turn(state) }
        }
    }

    /// Calls `act` at a moment; what is returned takes it back.
    func add(at due: Moment, _ act: @escaping Act) -> UInt64 {
        let (number, isEarlier) = state.read { state in
            state.made += 1
            state.entries[state.made] = Entry(due: due, act: act)
            return (state.made, state.wakesAt.map { due < $0 } ?? true)
        }
        if isEarlier { state.update { _ in } }
        return number
    }

    func remove(_ number: UInt64) { state.read { $0.entries[number] = nil } }

    var count: Int { state.read { $0.entries.count } }

    /// Sleeps until something is due, or something earlier comes; then acts.
    private static func turn(_ state: Monitor<State>) {
        let earliest = state.read { state in
            state.wakesAt = state.entries.values.map(\.due).min()
            return state.wakesAt
        }
        let due: [UInt64]? = state.wait(until: earliest) { state in
            let now = Moment.now
            let due = state.entries.filter { $0.value.due <= now }.map(\.key)
            let next = state.entries.values.map(\.due).min()
            return due.isEmpty && next == earliest ? nil : due
        }
        for number in (due ?? []).sorted() {
            guard let act = state.read({ $0.entries[number]?.act }) else { continue }
            let next = act(.now)
            state.read { state in
                // Taken back while it acted: it stays so.
                guard state.entries[number] != nil else { return }
                if let next {
                    state.entries[number]?.due = next
                } else {
                    state.entries[number] = nil
                }
            }
        }
    }
}
