// Whose turn it is. Pure.

/// What may be used by one at a time, in the order of asking.
struct SessionTurns<Key: Hashable> {
    enum Turn: Hashable {
        case session(Key)
        case snapshot(String)
    }

    private var queues: [Turn: [Int]] = [:]
    private var lastTicket = 0

    /// Gets in line; the ticket says where.
    mutating func join(_ turn: Turn) -> Int {
        lastTicket += 1
        queues[turn, default: []].append(lastTicket)
        return lastTicket
    }

    func isFirst(_ ticket: Int, at turn: Turn) -> Bool { queues[turn]?.first == ticket }

    /// Gives the turn back, or stops waiting for it.
    mutating func leave(_ ticket: Int, at turn: Turn) {
        queues[turn]?.removeAll { $0 == ticket }
        if queues[turn]?.isEmpty == true { queues[turn] = nil }
    }

    func isBusy(_ turn: Turn) -> Bool { queues[turn] != nil }
}
