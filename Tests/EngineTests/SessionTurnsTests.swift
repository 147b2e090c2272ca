// Turns come in the order of asking.

import Testing

@testable import Engine

@Suite struct SessionTurnsTests {
    @Test func `the first to ask is the first to go, and who stops waiting is passed over`() {
        var turns = SessionTurns<String>()
        let tickets = (0..<3).map { _ in turns.join(.session("a")) }
        #expect(turns.isFirst(tickets[0], at: .session("a")))
        #expect(!turns.isFirst(tickets[1], at: .session("a")))
        turns.leave(tickets[1], at: .session("a"))
        turns.leave(tickets[0], at: .session("a"))
        #expect(turns.isFirst(tickets[2], at: .session("a")))
        turns.leave(tickets[2], at: .session("a"))
        #expect(!turns.isBusy(.session("a")))
    }

    @Test func `sessions do not wait for each other`() {
        var turns = SessionTurns<String>()
        let first = turns.join(.session("a"))
        let second = turns.join(.session("b"))
        let third = turns.join(.snapshot("a"))
        #expect(turns.isFirst(first, at: .session("a")) && turns.isFirst(second, at: .session("b")))
        #expect(turns.isFirst(third, at: .snapshot("a")))
    }
}
