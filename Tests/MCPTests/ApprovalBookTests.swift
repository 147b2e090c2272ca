// Questions as requests of ours: each call that waits is resolved once, and only by its answer.

import MCP
import Notation
import Testing

@Suite struct ApprovalBookTests {
    private let era = Era.handshake(.newest)
    private let first: JSON = "sandboa-tag-1"

    private func makeBook() -> ApprovalBook {
        ApprovalBook(encoder: Fixture.encoder, tag: "tag")
    }

    private func call(_ id: JSON = 1) throws -> CallRequest {
        try Approvals.call(era, id: id)
    }

    private func resolved(_ actions: [ApprovalBook.Action]) -> [RequestID: ApprovalAnswer] {
        var found: [RequestID: ApprovalAnswer] = [:]
        for case .resolve(let id, let answer) in actions { found[id] = answer }
        return found
    }

    /// The requests of ours that actions take back.
    private func takenBack(_ actions: [ApprovalBook.Action]) throws -> [JSON] {
        try actions.compactMap { action -> JSON? in
            guard case .send(let line) = action else { return nil }
            let message = try JSON(parsing: line)
            #expect(message["method"] == "notifications/cancelled")
            return message["params"]?["requestId"]
        }
    }

    @Test(arguments: Approvals.answers)
    func `only a plain yes lets the call run`(result: JSON, expected: ApprovalAnswer) throws {
        var book = makeBook()
        _ = book.ask(Approvals.question(), for: try call(), until: 100)
        let actions = book.answer(try Approvals.response(first, ["result": result]), now: 99)
        #expect(actions == [.resolve(.integer(1), expected)])
        #expect(book.openCount == 0)
    }

    @Test(
        arguments: [
            (["error": ["code": -32601, "message": "no such method"]], .clientError(code: -32601)),
            (
                ["error": ["code": -1, "message": "user rejected", "data": [1]]],
                .clientError(code: -1)
            ),
            (["error": "no"], .malformed), (["error": [:]], .malformed),
            (["error": ["code": "1", "message": "x"]], .malformed),
            (["error": ["code": 1.5, "message": "x"]], .malformed),
            (["error": nil, "result": Approvals.yes], .malformed),
            (["error": ["code": 1, "message": "x"], "result": Approvals.yes], .malformed),
            (["jsonrpc": "1.0", "result": Approvals.yes], .malformed),
            (["jsonrpc": nil, "result": Approvals.yes], .malformed),
        ] as [(JSONObject, ApprovalDenial)])
    func `an error or a broken response is a no at once`(
        members: JSONObject, denial: ApprovalDenial
    ) throws {
        var book = makeBook()
        _ = book.ask(Approvals.question(), for: try call(), until: 100)
        let actions = book.answer(try Approvals.response(first, members), now: 0)
        #expect(actions == [.resolve(.integer(1), .denied(denial))])
    }

    @Test(
        arguments: [
            1, "1", "sandboa-tag-2", "sandboa-tag-01", "sandboa-other-1", "", "Sandboa-tag-1",
        ] as [JSON])
    func `an answer under another id is nobody's`(id: JSON) throws {
        var book = makeBook()
        _ = book.ask(Approvals.question(), for: try call(), until: 100)
        #expect(book.answer(try Approvals.response(id, ["result": Approvals.yes]), now: 0) == [])
        #expect(book.openCount == 1)
    }

    @Test func `a huge answer is read like any other`() throws {
        let padding = JSON.string(String(repeating: "y", count: 1 << 18))
        for (box, expected) in [
            (true, .approved), (padding, .denied(.malformed)),
        ] as [(JSON, ApprovalAnswer)] {
            var book = makeBook()
            _ = book.ask(Approvals.question(), for: try call(), until: 100)
            let result: JSON = [
                "action": "accept", "content": ["approve": box, "why": padding], "x": padding,
            ]
            let actions = book.answer(try Approvals.response(first, ["result": result]), now: 0)
            // The answer is not shown when this fails: it is too long.
            let isRight = actions == [.resolve(.integer(1), expected)]
            #expect(isRight)
        }
    }

    @Test func `an answer counts once, and ids never come again`() throws {
        var book = makeBook()
        let yes = try Approvals.response(first, ["result": Approvals.yes])
        _ = book.ask(Approvals.question(), for: try call(), until: 100)
        #expect(book.answer(yes, now: 0) == [.resolve(.integer(1), .approved)])
        #expect(book.answer(yes, now: 0) == [])
        guard
            case .send(let line) = book.ask(
                Approvals.question(), for: try call(), until: 100)
        else {
            Issue.record("not asked")
            return
        }
        #expect(try JSON(parsing: line)["id"] == "sandboa-tag-2")
        #expect(book.answer(yes, now: 0) == [])
    }

    @Test func `a yes at the deadline is too late`() throws {
        let yes = try Approvals.response(first, ["result": Approvals.yes])
        for (now, expected) in [
            (99, .approved), (100, .denied(.timedOut)), (101, .denied(.timedOut)),
        ] as [(Int64, ApprovalAnswer)] {
            var book = makeBook()
            _ = book.ask(Approvals.question(), for: try call(), until: 100)
            #expect(book.answer(yes, now: now) == [.resolve(.integer(1), expected)])
        }
    }

    @Test func `questions expire at their deadline, and are taken back`() throws {
        var book = makeBook()
        for (id, deadline) in [(1, 100), (2, 50), (3, 100)] as [(Int64, Int64)] {
            _ = book.ask(Approvals.question(), for: try call(.integer(id)), until: deadline)
        }
        #expect(book.nextDeadline == 50)
        #expect(book.expire(now: 49) == [])
        let first = book.expire(now: 50)
        #expect(try takenBack(first) == ["sandboa-tag-2"])
        #expect(resolved(first) == [.integer(2): .denied(.timedOut)])
        #expect(book.nextDeadline == 100)
        let rest = book.expire(now: 1000)
        #expect(try takenBack(rest) == ["sandboa-tag-1", "sandboa-tag-3"])
        #expect(resolved(rest).count == 2)
        #expect(book.nextDeadline == nil)
    }

    @Test func `a cancelled call takes its question along, and no other`() throws {
        var book = makeBook()
        for id in [1, "1"] as [JSON] {
            _ = book.ask(Approvals.question(), for: try call(id), until: 100)
        }
        let actions = book.cancel(.string("1"))
        #expect(try takenBack(actions) == ["sandboa-tag-2"])
        #expect(resolved(actions) == [.string("1"): .denied(.withdrawn)])
        #expect(book.cancel(.string("1")) == [])
        #expect(book.cancel(.integer(9)) == [])
        #expect(book.openCount == 1)
        let late = try Approvals.response("sandboa-tag-2", ["result": Approvals.yes])
        #expect(book.answer(late, now: 0) == [])
    }

    @Test func `open questions have a limit`() throws {
        var book = makeBook()
        for id in 0..<Int64(ApprovalBook.maxOpen) {
            _ = book.ask(Approvals.question(), for: try call(.integer(id)), until: 100)
        }
        let more = try call("more")
        #expect(book.ask(Approvals.question(), for: more, until: 100) == .denied(.tooMany))
        _ = book.cancel(.integer(0))
        guard case .send = book.ask(Approvals.question(), for: more, until: 100) else {
            Issue.record("there was room again")
            return
        }
    }

    @Test func `a call has one question at a time`() throws {
        var book = makeBook()
        _ = book.ask(Approvals.question(), for: try call(), until: 100)
        #expect(
            book.ask(Approvals.question(), for: try call(), until: 100) == .denied(.tooMany))
        let yes = try Approvals.response(first, ["result": Approvals.yes])
        #expect(book.answer(yes, now: 0) == [.resolve(.integer(1), .approved)])
    }

    @Test func `nobody is asked who can't be`() throws {
        var book = makeBook()
        for era in Era.all where ![.handshake(.june2025), .handshake(.november2025)].contains(era) {
            let call = try Approvals.call(era)
            #expect(
                book.ask(Approvals.question(), for: call, until: 1) == .denied(.noCapability))
        }
        for era in Era.all {
            let call = try Approvals.call(era, capabilities: [:])
            #expect(
                book.ask(Approvals.question(), for: call, until: 1) == .denied(.noCapability))
        }
        #expect(book.openCount == 0)
    }

    @Test func `at the end everyone is let go and nobody is asked`() throws {
        var book = makeBook()
        for id in 1...3 as ClosedRange<Int64> {
            _ = book.ask(Approvals.question(), for: try call(.integer(id)), until: 100)
        }
        let actions = book.end()
        #expect(try takenBack(actions) == [])
        #expect(resolved(actions).count == 3)
        #expect(resolved(actions).values.allSatisfy { $0 == .denied(.withdrawn) })
        #expect(book.ask(Approvals.question(), for: try call(), until: 100) == .denied(.withdrawn))
        #expect(book.end() == [])
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `whatever happens, each call is resolved once`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var book = makeBook()
        let calls = try (0..<8).map { try call(.integer($0)) }
        var waiting: Set<RequestID> = []
        for now in 0..<200 as Range<Int64> {
            var actions: [ApprovalBook.Action] = []
            let one = try #require(calls.randomElement(using: &random))
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                let until = now + Int64.random(in: -5...30, using: &random)
                let asking = book.ask(Approvals.question(), for: one, until: until)
                #expect((asking == .denied(.tooMany)) == waiting.contains(one.id))
                waiting.insert(one.id)
            case 1:
                let number = Int.random(in: 0...100, using: &random)
                let answer = try #require(Approvals.answers.randomElement(using: &random)).0
                let id = JSON.string("sandboa-tag-\(number)")
                actions = book.answer(
                    try Approvals.response(id, ["result": answer]), now: now)
            case 2: actions = book.cancel(one.id)
            default: actions = book.expire(now: now)
            }
            for case .resolve(let id, _) in actions {
                #expect(waiting.remove(id) != nil)
            }
            #expect(book.openCount == waiting.count)
        }
        #expect(Set(resolved(book.end()).keys) == waiting)
    }
}
