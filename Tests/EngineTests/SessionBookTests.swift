// Who lives in which tree, and who needs whom: pure bookkeeping, with numbers for processes.

import Kernel
import Testing
import Wire

@testable import Engine

@Suite struct SessionBookTests {
    private typealias Book = SessionBook<Int, String>
    private static let main = Book.Key(owner: "me", id: "main")

    private func book(
        sessions: Int = 32, snapshots: Int = 64, depth: Int = 12
    ) -> Book {
        var limits = SessionLimits(clearingWith: "`end`")
        limits.sessions = sessions
        limits.snapshots = snapshots
        limits.depth = depth
        return Book(limits: limits)
    }

    private func begin(_ book: inout Book, _ id: String, _ process: Int) throws -> Book.Key {
        let key = Book.Key(owner: "me", id: id)
        try book.reserve(key)
        book.begin(key, process, in: "slot \(process)", at: Moment(nanoseconds: 0))
        return key
    }

    private func checkpoint(
        _ book: inout Book, _ key: Book.Key, _ id: String, live: Int
    ) throws -> Book.Snapshot {
        let taken = book.takeSnapshot(
            key, id: id, label: nil, live: live, at: Moment(nanoseconds: Int64(live)))
        return try #require(taken)
    }

    @Test func `a session of another owner does not exist`() throws {
        var book = book()
        _ = try begin(&book, "main", 1)
        let foreign = Book.Key(owner: "you", id: "main")
        #expect(book.state(of: foreign, at: Moment(nanoseconds: 0)) == nil)
        #expect(book.keys(of: "you").isEmpty)
        #expect(book.noSession(foreign).reason.contains("there is none"))
        try book.reserve(foreign)
    }

    @Test func `there are only so many sessions, those being made included`() throws {
        var book = book(sessions: 2)
        _ = try begin(&book, "a", 1)
        try book.reserve(Book.Key(owner: "me", id: "b"))
        let refusal = #expect(throws: SessionRefusal.self) {
            try book.reserve(Book.Key(owner: "me", id: "c"))
        }
        #expect(refusal?.code == .limit && refusal?.reason.contains("`end`") == true)
        book.forgetReservation(Book.Key(owner: "me", id: "b"))
        try book.reserve(Book.Key(owner: "me", id: "c"))
    }

    @Test func `a name is given once`() throws {
        var book = book()
        let key = try begin(&book, "a", 1)
        #expect(throws: SessionRefusal.self) { try book.reserve(key) }
    }

    @Test func `a live session is always a leaf`() throws {
        var book = book()
        let key = try begin(&book, "main", 1)
        let first = try checkpoint(&book, key, "s1", live: 2)
        let second = try checkpoint(&book, key, "s2", live: 3)
        #expect(first.process == 1 && second.process == 2)
        #expect(second.parent == "s1" && book.sessions[key]?.process == 3)
        #expect(book.sessions[key]?.depth == 2)
        let old = book.rollBack(key, to: first, live: 4, at: Moment(nanoseconds: 9))
        #expect(old == 3 && book.sessions[key]?.origin == "s1")
        #expect(book.sessions[key]?.depth == 1)
    }

    @Test func `what goes back in time is calls, names and history`() throws {
        var book = book()
        let key = try begin(&book, "main", 1)
        func call(_ code: String, names: Int) throws {
            let known = book.beginCall(key)
            let begun = try #require(known)
            let entry = HistoryEntry(code: code, output: "", errors: "", status: .ok)
            let wasAlone = book.endCall(
                key, begun, entry, names: names, at: Moment(nanoseconds: 5))
            #expect(wasAlone)
        }
        try call("x = 1", names: 1)
        let snapshot = try checkpoint(&book, key, "s", live: 2)
        try call("y = 2", names: 2)
        #expect(book.sessions[key]?.record.calls == 2)
        _ = book.rollBack(key, to: snapshot, live: 3, at: Moment(nanoseconds: 6))
        #expect(book.sessions[key]?.record.calls == 1 && book.sessions[key]?.record.names == 1)
        #expect(book.sessions[key]?.record.history.entries.map(\.code) == ["x = 1"])
    }

    @Test func `ending a session drops the snapshots that nobody lives on`() throws {
        var book = book()
        let key = try begin(&book, "main", 1)
        let first = try checkpoint(&book, key, "s1", live: 2)
        _ = try checkpoint(&book, key, "s2", live: 3)
        let other = Book.Key(owner: "me", id: "other")
        try book.reserve(other)
        book.branch(other, from: first, live: 4, at: Moment(nanoseconds: 7))
        let removal = book.drop(key, nil)
        #expect(Set(removal.processes) == [3, 2] && removal.places.isEmpty)
        #expect(Set(book.snapshots.keys) == ["s1"])
        let rest = book.drop(other, nil)
        #expect(rest.places == ["slot 1"] && book.trees.isEmpty && book.snapshots.isEmpty)
    }

    @Test func `a snapshot in the middle stays while something came of it`() throws {
        var book = book()
        let key = try begin(&book, "main", 1)
        _ = try checkpoint(&book, key, "s1", live: 2)
        let second = try checkpoint(&book, key, "s2", live: 3)
        let other = Book.Key(owner: "me", id: "other")
        try book.reserve(other)
        book.branch(other, from: second, live: 4, at: Moment(nanoseconds: 7))
        _ = book.drop(key, nil)
        #expect(Set(book.snapshots.keys) == ["s1", "s2"])
    }

    @Test func `a session without snapshots is forgotten when its process is gone`() throws {
        var book = book()
        let key = try begin(&book, "main", 1)
        let birth = try #require(book.sessions[key]).birth
        let removal = book.lose(key, birth: birth, "it crashed")
        #expect(removal.places == ["slot 1"] && book.sessions[key] == nil)
        #expect(book.obituaries[key]?.reason == "it crashed")
        _ = try begin(&book, "main", 2)
        #expect(book.obituaries[key] == nil)
    }

    @Test func `one with snapshots can go back to them`() throws {
        var book = book()
        let key = try begin(&book, "main", 1)
        _ = try checkpoint(&book, key, "s1", live: 2)
        let birth = try #require(book.sessions[key]).birth
        let removal = book.lose(key, birth: birth, "it crashed")
        #expect(removal.processes == [2] && removal.places.isEmpty)
        #expect(book.sessions[key]?.lost == "it crashed" && book.beginCall(key) == nil)
        let snapshot = try book.snapshot(nil, for: key)
        #expect(book.rollBack(key, to: snapshot, live: 3, at: Moment(nanoseconds: 8)) == nil)
        #expect(book.sessions[key]?.lost == nil && book.beginCall(key) != nil)
    }

    @Test func `the end of an earlier session does not touch its successor`() throws {
        var book = book()
        let key = try begin(&book, "main", 1)
        let birth = try #require(book.sessions[key]).birth
        _ = book.drop(key, nil)
        _ = try begin(&book, "main", 2)
        #expect(book.lose(key, birth: birth, "late").processes.isEmpty)
        #expect(book.sessions[key]?.process == 2)
    }

    @Test func `a first snapshot takes its tree with it, a later one only itself`() throws {
        var book = book()
        let key = try begin(&book, "main", 1)
        let first = try checkpoint(&book, key, "s1", live: 2)
        let second = try checkpoint(&book, key, "s2", live: 3)
        _ = try checkpoint(&book, key, "s3", live: 4)
        #expect(book.lose(second, "gone").processes == [2])
        #expect(book.snapshots["s3"]?.parent == "s1")
        #expect(book.lose(first, "gone").places == ["slot 1"])
        #expect(book.sessions.isEmpty && book.snapshots.isEmpty)
        #expect(book.obituaries[key]?.reason == "gone")
    }

    @Test func `snapshots and depth have limits`() throws {
        var book = book(snapshots: 2, depth: 3)
        let key = try begin(&book, "main", 1)
        try book.checkRoom(above: 0, forSnapshot: true)
        _ = try checkpoint(&book, key, "s1", live: 2)
        _ = try checkpoint(&book, key, "s2", live: 3)
        #expect(throws: SessionRefusal.self) { try book.checkRoom(above: 2, forSnapshot: true) }
        try book.checkRoom(above: 2, forSnapshot: false)
        #expect(throws: SessionRefusal.self) { try book.checkRoom(above: 3, forSnapshot: false) }
    }

    @Test func `idle sessions and old ones are over, busy ones are not`() throws {
        var book = book()
        let key = try begin(&book, "main", 1)
        let idle = Moment(nanoseconds: 0).advanced(byMilliseconds: 30 * 60_000)
        #expect(book.overdue(at: Moment(nanoseconds: 0)).isEmpty)
        #expect(book.overdue(at: idle).map(\.key) == [key])
        let ticket = book.turns.join(.session(key))
        #expect(book.overdue(at: idle).isEmpty)
        book.turns.leave(ticket, at: .session(key))
        let used = idle.advanced(byMilliseconds: -1)
        book.sessions[key]?.usedAt = used
        #expect(book.overdue(at: idle).isEmpty)
        book.sessions[key]?.usedAt = Moment(nanoseconds: 0).advanced(byMilliseconds: 14_399_999)
        let old = Moment(nanoseconds: 0).advanced(byMilliseconds: 14_400_000)
        #expect(book.overdue(at: old).count == 1)
    }

    @Test func `only so many ended sessions are remembered`() throws {
        var book = book(sessions: 200)
        for number in 0..<(SessionLimits.remembered + 10) {
            let key = try begin(&book, "s\(number)", number)
            _ = book.drop(key, "over")
        }
        #expect(book.obituaries.count == SessionLimits.remembered)
        #expect(book.obituaries[Book.Key(owner: "me", id: "s0")] == nil)
    }
}
