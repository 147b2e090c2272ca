// Replies to programs in sessions and scripts: the layout, and what the session has to say.

import Notation
import Testing
import Wire

@testable import Catalog

@Suite struct SessionRunReplyTests {
    private static let execution = Execution(Job(code: "1"), on: .std)

    private func reply(
        _ outcome: Outcome, _ note: SessionNote?, notes: [String] = []
    ) throws -> Reply {
        let work: Work = note.map { .session($0.id, Self.execution) } ?? .run(Self.execution)
        let plan = Plan(work, limits: Samples.limits, notes: notes)
        let reply = try Samples.reply(
            RunPythonCode.self, .ran(Ran(outcome, session: note)), plan)
        #expect(reply.isError == (outcome.status != .ok))
        #expect(reply.structured["session"]?["id"] == note.map { .string($0.id) })
        return reply
    }

    private func note(
        isNew: Bool = false, lost: String? = nil, ended: String? = nil
    ) -> SessionNote {
        SessionNote(id: "s", isNew: isNew, lost: lost, ended: ended, calls: 3)
    }

    private func text(_ text: String) -> CapturedText {
        CapturedText(text: text, shown: Int64(text.count), total: Int64(text.count))
    }

    @Test func `output, value and errors have a section each, on success too`() throws {
        let outcome = Samples.outcome(
            .ok, try Samples.report(0, [2: "2"]), output: text("hi\n"), errors: text("warned"))
        let reply = try reply(outcome, note(), notes: ["n"])
        #expect(
            reply.text == """
                Session 's' (inline), call 3

                note: n

                Output:
                hi

                Result:
                2

                Stderr:
                warned
                """)
        #expect(
            reply.structured["session"] == [
                "id": "s", "new": false, "lost": .null, "ended": .null, "calls": 3,
            ])
    }

    @Test func `a run that gives nothing says so`() throws {
        let outcome = Samples.outcome(.ok, try Samples.report(0))
        let session = try reply(outcome, note(isNew: true))
        #expect(session.text == "Session 's' (inline), new\n\n(no output)")
        #expect(session.structured["session"]?["new"] == true)
        let script = try reply(outcome, nil)
        #expect(script.text == "Fresh process (subprocess)\n\n(no output)")
        #expect(script.structured["session"] == nil)
    }

    @Test func `an error comes before what was printed`() throws {
        let report = try Samples.report(1, [4: "ValueError", 5: "no"], numbers: [6: 3])
        let reply = try reply(Samples.outcome(.error, report, output: text("hi")), note())
        #expect(
            reply.text == """
                Session 's' (inline), call 3

                Error:
                error: ValueError: no (line 3)

                Output:
                hi
                """)
    }

    @Test func `a session that was lost or ended is told in text and fields`() throws {
        let outcome = Samples.outcome(
            .timeout, cause: Outcome.Cause(type: "Timeout", message: "too long."))
        let reply = try reply(outcome, note(lost: "it was idle", ended: "the time limit"))
        #expect(reply.text.contains("note: the session 's' that was here before is gone: it was"))
        #expect(reply.text.contains("note: the session 's' ended with this call: the time limit"))
        #expect(reply.structured["session"]?["lost"] == "it was idle")
        #expect(reply.structured["session"]?["ended"] == "the time limit")
    }

    @Test func `a script is named above its output`() throws {
        var execution = Self.execution
        execution.file = "d/a\n.py"
        let plan = Plan(.run(execution), limits: Samples.limits)
        let outcome = Samples.outcome(
            .error, cause: Outcome.Cause(type: "SystemExit", message: "exited with code 4."),
            output: text("hi"), errors: text("bad"))
        let reply = try Samples.reply(RunPythonFile.self, .ran(Ran(outcome)), plan)
        #expect(reply.isError)
        #expect(
            reply.text == """
                Script: d/a\\u{a}.py

                Error:
                error: SystemExit: exited with code 4.

                Output:
                hi

                Stderr:
                bad
                """)
    }

    @Test func `a session that is refused has no layout`() throws {
        let plan = Plan(.session("s", Self.execution), limits: Samples.limits)
        let reply = try Samples.reply(
            RunPythonCode.self, .refused(Refusal("limit", "too many")), plan)
        #expect(reply.text == "limit: too many")
        #expect(reply.isError)
    }
}
