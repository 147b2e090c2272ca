// Tasks: kept while they are wanted, for their caller alone, and never more than there is room for.

import MCP
import Notation
import Testing

@Suite struct TaskBookTests {
    private static let owner: [UInt8] = [1, 2]

    private func open(_ book: inout TaskBook, _ id: String, now: Int64 = 0) -> Bool {
        book.open(id, for: Self.owner, now: now, wall: Fixture.wall + now, nil) != nil
    }

    private func encoded(_ state: TaskState) throws -> JSON {
        let line = Fixture.fullEncoder.task(state, to: .integer(1))
        return try #require(try JSON(parsing: line)["result"])
    }

    private func result(_ bytes: Int) -> [UInt8] {
        Array("\"".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: bytes - 2) + [0x22]
    }

    @Test func `a handle can be asked about at once`() throws {
        var book = TaskBook()
        let report = ProgressReport(phase: .running, elapsedMilliseconds: 5000, lastLine: "line")
        let opened = book.open("a", for: Self.owner, now: 7, wall: Fixture.wall, report)
        let state = try #require(opened)
        let line = Fixture.fullEncoder.handle(state, to: .string("c"))
        let handle = try #require(try JSON(parsing: line)["result"])
        #expect(handle["resultType"] == "task")
        #expect(handle["taskId"] == "a")
        #expect(handle["status"] == "working")
        #expect(handle["statusMessage"] == "running, 5 s: line")
        #expect(handle["createdAt"] == "2026-09-21T14:13:20.000Z")
        #expect(handle["ttlMs"] == .integer(TaskBook.lifetimeMilliseconds))
        #expect(book.look("a", by: Self.owner, now: 7) != nil)
    }

    @Test func `another caller, or another id, finds nothing`() {
        var book = TaskBook()
        #expect(open(&book, "a"))
        #expect(book.look("a", by: [1], now: 0) == nil)
        #expect(book.look("b", by: Self.owner, now: 0) == nil)
        #expect(book.look("a", by: Self.owner, now: 0) != nil)
    }

    @Test func `each ending says what it has to`() throws {
        var book = TaskBook()
        let endings: [(TaskBook.Ending, String, String?)] = [
            (.completed(Array(#"{"a":1}"#.utf8)), "completed", "result"),
            (.failed(.internalFault), "failed", "error"),
            (.cancelled(Array(#"{"a":2}"#.utf8)), "cancelled", nil),
        ]
        for (ending, status, member) in endings {
            #expect(open(&book, status))
            book.finish(status, ending, now: 5)
            let found = book.look(status, by: Self.owner, now: 9)
            let state = try encoded(try #require(found))
            #expect(state["status"] == .string(status))
            #expect(state["resultType"] == "complete")
            #expect(state["lastUpdatedAt"] == "2026-09-21T14:13:20.005Z")
            for key in ["result", "error"] { #expect((state[key] != nil) == (key == member)) }
        }
        let cancelled = book.look("cancelled", by: Self.owner, now: 9)
        let meta = try encoded(try #require(cancelled))["_meta"]
        #expect(meta?[Encoder.partialResultKey] == ["a": 2])
    }

    @Test func `a task ends once`() {
        var book = TaskBook()
        #expect(open(&book, "a"))
        book.finish("a", .completed(result(10)), now: 1)
        book.finish("a", .cancelled(result(20)), now: 2)
        book.finish("never", .cancelled(result(20)), now: 2)
        #expect(book.look("a", by: Self.owner, now: 3)?.ending == .completed(result(10)))
        #expect(book.bytes == 10)
    }

    @Test func `a result is kept for its time, from the end on, and no longer`() {
        var book = TaskBook()
        #expect(open(&book, "a"))
        let end = 5 * TaskBook.lifetimeMilliseconds
        #expect(book.look("a", by: Self.owner, now: end) != nil, "what works is never forgotten")
        book.finish("a", .completed(result(10)), now: end)
        let last = end + TaskBook.lifetimeMilliseconds
        #expect(book.look("a", by: Self.owner, now: last - 1) != nil)
        #expect(book.look("a", by: Self.owner, now: last) == nil)
        #expect(book.count == 0 && book.bytes == 0)
    }

    @Test func `there is room for so many, and what was fetched makes room`() {
        var book = TaskBook()
        let made = (0..<300).count { open(&book, "\($0)") }
        #expect(made == TaskBook.maxTasks)
        #expect(book.count == TaskBook.maxTasks)
        book.finish("3", .completed(result(10)), now: 1)
        #expect(!open(&book, "x"), "a result nobody has seen is kept")
        #expect(book.look("3", by: Self.owner, now: 1) != nil)
        #expect(open(&book, "x"))
        #expect(book.look("3", by: Self.owner, now: 1) == nil)
        #expect(book.count == TaskBook.maxTasks)
    }

    @Test func `results stay within their bytes, the newest for sure`() {
        var book = TaskBook()
        let size = TaskBook.maxResultBytes
        let fitting = TaskBook.maxBytes / size
        for number in 0...fitting {
            #expect(open(&book, "\(number)"))
            if number == fitting { _ = book.look("2", by: Self.owner, now: 0) }
            book.finish("\(number)", .completed(result(size)), now: Int64(number))
            #expect(book.bytes <= TaskBook.maxBytes)
        }
        #expect(book.look("2", by: Self.owner, now: 0) == nil, "fetched, so it went first")
        #expect(book.look("0", by: Self.owner, now: 0) != nil)
        #expect(book.look("\(fitting)", by: Self.owner, now: 0) != nil)
    }

    @Test func `a result that is too large is an error that says so`() throws {
        var book = TaskBook()
        #expect(open(&book, "a"))
        book.finish("a", .completed(result(TaskBook.maxResultBytes + 1)), now: 1)
        let found = book.look("a", by: Self.owner, now: 1)
        let state = try encoded(try #require(found))
        #expect(state["status"] == "failed")
        #expect(state["error"]?["code"] == -32603)
        #expect(book.bytes == 0)
    }
}
