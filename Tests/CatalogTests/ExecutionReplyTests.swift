// Replies: for every outcome a structure that fits its declared schema, and a text within bounds.

import Notation
import Testing
import Wire

@testable import Catalog

@Suite struct ExecutionReplyTests {
    private let schema: Schema

    init() throws { schema = try Schema(compiling: ExecutionReply.schema) }

    private func reply(_ outcome: Outcome, notes: [String] = []) -> Reply {
        let reply = ExecutionReply(Ran(outcome), Samples.plan(notes: notes)).reply
        #expect(schema.violations(of: .object(reply.structured)).isEmpty)
        #expect(reply.isError == (outcome.status != .ok))
        #expect(reply.structured["status"] == .string(outcome.status.rawValue))
        return reply
    }

    @Test func `a program that returns a value`() throws {
        let told = CapturedText(text: "hello\n", shown: 6, total: 6)
        let reply = reply(
            Samples.outcome(.ok, try Samples.report(0, [2: "42"]), output: told), notes: ["n"])
        #expect(reply.structured["result"] == "42")
        #expect(reply.structured["stdout"] == "hello\n")
        #expect(reply.structured["error"] == .null)
        #expect(reply.structured["truncated"] == [:])
        #expect(reply.structured["usage"]?["wall_ms"] == .number("12.345"))
        #expect(reply.structured["usage"]?["cpu_ms"] == .number("9.007"))
        #expect(reply.structured["notes"] == ["n"])
        #expect(reply.text == "note: n\nhello\n__RESULT__:\n42")
    }

    @Test func `a program that raises`() throws {
        let report = try Samples.report(
            1, [4: "ValueError", 5: "no", 7: "Traceback\nValueError: no"], numbers: [6: 3])
        let error = CapturedText(text: "warned", shown: 6, total: 6)
        let reply = reply(Samples.outcome(.error, report, errors: error))
        #expect(
            reply.structured["error"] == [
                "type": "ValueError", "message": "no", "line": 3,
                "traceback": "Traceback\nValueError: no",
            ])
        #expect(reply.structured["result"] == .null)
        #expect(reply.text.hasPrefix("error: ValueError: no (line 3)\nTraceback"))
        #expect(reply.text.hasSuffix("__STDERR__:\nwarned"))
    }

    @Test(arguments: Outcome.Status.allCases)
    func `every status has its reply, with and without a report`(status: Outcome.Status) throws {
        let cause = Outcome.Cause(type: "Timeout", message: "stopped after 60000 ms.")
        for report in [nil, try Samples.report(0, [2: "1"]), try Samples.report(1)] {
            for cause in [nil, cause] where status != .ok || report != nil {
                let reply = reply(Samples.outcome(status, report, cause: cause))
                #expect((reply.structured["error"] == .null) == (status == .ok))
                if status != .ok, report == nil, let cause {
                    #expect(reply.text == "\(status.rawValue): \(cause.type): \(cause.message)")
                }
            }
        }
    }

    @Test func `what was cut is told by stream`() throws {
        let out = CapturedText(text: "a…b", shown: 20_000, total: 50_000)
        let report = try Samples.report(0, [2: "xyz"], numbers: [3: 99])
        let reply = reply(Samples.outcome(.ok, report, output: out))
        #expect(
            reply.structured["truncated"] == [
                "stdout": ["shown": 20_000, "total": 50_000],
                "result": ["shown": 3, "total": 99],
            ])
    }

    @Test func `packages that are missing are listed with their reasons`() throws {
        let list = #"[{"requirement":"a>=2","reason":"1.0 is installed"}]"#
        let reply = reply(Samples.outcome(.error, try Samples.report(3, [9: list])))
        let error = reply.structured["error"]
        #expect(error?["type"] == "RequirementsNotInstalled")
        #expect(
            error?["unsatisfied"] == [["requirement": "a>=2", "reason": "1.0 is installed"]])
        #expect(error?["message"]?.asString?.contains("a>=2: 1.0 is installed") == true)
    }

    @Test(arguments: [
        "", "[", "null", "5", #""x""#, #"{"requirement":"a"}"#, "[1,null,[]]", "[[[[[[1]]]]]]",
        #"[{"requirement":5,"reason":{}}]"#, "[\"\\ud800\"]",
    ])
    func `a list that is none does not get through`(list: String) throws {
        let reply = reply(Samples.outcome(.error, try Samples.report(3, [9: list])))
        #expect(reply.structured["error"]?["unsatisfied"]?.asArray != nil)
    }

    @Test func `a report that lies stays within bounds and within the schema`() throws {
        let long = String(repeating: "\u{1}", count: 900_000)
        let value = reply(
            Samples.outcome(.ok, try Samples.report(0, [2: long], numbers: [3: 0])))
        let limit = Int(Job(code: "").resultLimit)
        #expect(value.structured["result"]?.asString?.utf8.count ?? 0 <= limit)
        #expect(value.structured["truncated"]?["result"] != nil)
        #expect(value.text.utf8.count <= limit + 100)
        let failure = reply(
            Samples.outcome(
                .error, try Samples.report(1, [4: long], numbers: [3: .max, 6: .max])))
        #expect(failure.text.utf8.count < 50_000)
    }

    @Test func `a refusal fits the schema, too`() {
        let refusal: JSON = ["error": ["code": "invalid_arguments", "reason": "code: is missing"]]
        #expect(schema.violations(of: refusal).isEmpty)
        #expect(!schema.violations(of: [:]).isEmpty)
    }
}
