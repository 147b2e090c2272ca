// The keeper: one thread that ends what nobody uses, and notices what has ended by itself.

import Kernel

extension Sessions {
    private static let roundMilliseconds: Int64 = 500

    /// Starts the keeper with the first session.
    func startKeeper() throws(SystemError) {
        let isFirst = book.read { book in
            defer { book.isKept = true }
            return !book.isKept
        }
        guard isFirst else { return }
        do throws(SystemError) { try Threads.start { self.keep() } } catch {
            book.read { $0.isKept = false }
            throw error
        }
    }

    private func keep() {
        while true {
            let next = Moment.now.advanced(byMilliseconds: Self.roundMilliseconds)
            let isEnding: Bool? = ending.wait(until: next) { $0 ? true : nil }
            if isEnding == true { return }
            endOverdue()
            noticeDead()
            endOverfull()
        }
    }

    private func endOverdue() {
        for (key, reason) in book.read({ $0.overdue(at: Moment.now) }) {
            let turn = Book.Turns.Turn.session(key)
            guard let ticket = takeTurn(turn, until: Moment.now) else { continue }
            // Somebody may have used it since.
            let isStillOverdue = book.read { book in
                book.turns.isFirst(ticket, at: turn)
                    && book.sessions[key].map { book.isOver($0, at: Moment.now) } ?? false
            }
            if isStillOverdue { end(book.update { $0.drop(key, reason) }) }
            giveBack(turn, ticket)
        }
    }

    /// Whatever the kernel or somebody outside has ended. Sessions in a call notice themselves.
    private func noticeDead() {
        let (idle, parked) = book.read { book in
            (
                book.sessions.filter { !book.turns.isBusy(.session($0.key)) },
                Array(book.snapshots.values)
            )
        }
        for (key, session) in idle where session.process?.handle?.hasEnded() == true {
            // Looked at again in its turn: it may have been rolled back meanwhile.
            let turn = Book.Turns.Turn.session(key)
            guard let ticket = takeTurn(turn, until: Moment.now) else { continue }
            buryIfDead(key)
            giveBack(turn, ticket)
        }
        for snapshot in parked where snapshot.process.handle?.hasEnded() == true {
            end(book.update { $0.lose(snapshot, "the snapshot it lived on was ended") })
        }
    }

    /// Trees that hold more memory than they may, where no control group sees to it.
    private func endOverfull() {
        let trees = book.read { book in
            book.trees.map { ($0.key, $0.value.place, book.processes(of: $0.key)) }
        }
        for (number, place, processes) in trees where place.isOverfull(processes) {
            end(
                book.update {
                    $0.loseTree(number, "it needed more memory than there is for it")
                })
        }
    }
}
