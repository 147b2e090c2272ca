// Who flushes for whom, without a device.

import Testing

@testable import Ledger

@Suite struct AuditFlushTests {
    private func name(_ turn: AuditFlush.Turn?) -> String {
        switch turn {
        case nil: "wait"
        case .done: "done"
        case .lost: "lost"
        case .lead(let seq): "lead \(seq)"
        }
    }

    @Test func `one leads, the others wait, and all are done`() {
        var flush = AuditFlush()
        #expect(name(flush.turn(for: 1, last: 3)) == "lead 3")
        #expect(name(flush.turn(for: 2, last: 3)) == "wait")
        #expect(name(flush.turn(for: 4, last: 4)) == "wait")
        flush.ended(through: 3, didFail: false)
        #expect(name(flush.turn(for: 1, last: 4)) == "done")
        #expect(name(flush.turn(for: 3, last: 4)) == "done")
        #expect(name(flush.turn(for: 4, last: 4)) == "lead 4")
    }

    @Test func `what a flush lost stays lost, whatever later ones say`() {
        var flush = AuditFlush()
        flush.isDone(through: 2)
        #expect(name(flush.turn(for: 3, last: 5)) == "lead 5")
        flush.ended(through: 5, didFail: true)
        #expect(name(flush.turn(for: 4, last: 5)) == "lost")
        #expect(name(flush.turn(for: 6, last: 6)) == "lead 6")
        flush.ended(through: 6, didFail: false)
        #expect(
            (1...6).map { name(flush.turn(for: $0, last: 6)) } == [
                "done", "done", "lost", "lost", "lost", "done",
            ])
        flush.isLost(through: 4)
        #expect(name(flush.turn(for: 6, last: 6)) == "done")
    }
}
