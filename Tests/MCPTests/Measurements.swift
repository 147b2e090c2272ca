import Foundation
import MCP
import Notation
import Testing

/// Timings of the request path, on demand: `MEASURE=1 swift test -c release --filter Measurements`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["MEASURE"] == "1"), .serialized)
struct Measurements {
    /// Nanoseconds per round: the best of ten batches, which is what the code costs when nothing
    /// else runs.
    private func nanoseconds(rounds: Int, _ body: () -> Void) -> Int {
        let clock = ContinuousClock()
        let batches = (0..<10).map { _ in
            clock.measure {
                for _ in 0..<rounds { body() }
            }
        }
        let best = batches.min() ?? .zero
        return Int(best / .nanoseconds(1)) / rounds
    }

    @Test func `a call is read in three microseconds`() {
        let line = Fixture.line(
            #"{"jsonrpc":"2.0","id":17,"method":"tools/call","params":{"name":"python_execute","#
                + #""arguments":{"code":"import math\nprint(math.sqrt(2))\n","timeout":30},"#
                + #""_meta":{"progressToken":17}}}"#)
        var conversation = Fixture.talk().conversation
        var calls = 0
        let cost = nanoseconds(rounds: 20_000) {
            if case .call(let call) = conversation.receive(line),
                conversation.finished(call.id)
            {
                calls += 1
            }
        }
        print("receive, handshake:", cost, "ns for", line.count, "bytes")
        #expect(calls == 200_000)
        #expect(cost <= 3000)
    }

    @Test func `a call with an envelope is read in five microseconds`() {
        let line = Fixture.line(
            #"{"jsonrpc":"2.0","id":17,"method":"tools/call","params":{"name":"python_execute","#
                + #""arguments":{"code":"import math\nprint(math.sqrt(2))\n","timeout":30},"#
                + #""_meta":\#(Fixture.envelope.text)}}"#)
        var conversation = Fixture.talk().conversation
        let cost = nanoseconds(rounds: 20_000) {
            if case .call(let call) = conversation.receive(line) {
                _ = conversation.finished(call.id)
            }
        }
        print("receive, stateless:", cost, "ns for", line.count, "bytes")
        #expect(cost <= 5000)
    }

    @Test(arguments: [Era.handshake(.newest), .stateless])
    func `a small result is written in two microseconds`(_ era: Era) {
        let result = CallResult(
            content: [.text("1.4142135623730951\n")],
            structured: [
                "status": "ok", "stdout": "1.4142135623730951\n", "stderr": "", "result": nil,
                "usage": ["wall_ms": 3, "cpu_ms": 2, "peak_bytes": 9_437_184],
            ],
            meta: ["sandboa/profile": "compute", "sandboa/audit": 17])
        var bytes = 0
        let cost = nanoseconds(rounds: 20_000) {
            bytes = Fixture.encoder.result(result, to: .integer(17), era: era).count
        }
        print("result, \(era):", cost, "ns for", bytes, "bytes")
        #expect(cost <= 2000)
    }

    @Test func `a question about four kilobytes is asked in half a millisecond`() throws {
        let arguments = String(repeating: "print(\"hello, world\")\n", count: 200)
        let call = try Approvals.call(.handshake(.newest))
        var book = ApprovalBook(encoder: Fixture.encoder, tag: "tag")
        let cost = nanoseconds(rounds: 200) {
            let question = Approvals.question(arguments: arguments)
            _ = book.ask(question, for: call, until: 1)
            _ = book.cancel(call.id)
        }
        print("question:", cost, "ns for", arguments.utf8.count, "bytes")
        #expect(cost <= 500_000)
    }

    @Test func `a megabyte is split in two milliseconds`() {
        let chunk = [UInt8](repeating: 0x61, count: 64 << 10)
        let cost = nanoseconds(rounds: 5) {
            var splitter = LineSplitter()
            for _ in 0..<16 { _ = splitter.feed(chunk) }
            _ = splitter.feed([0x0A])
        }
        print("split:", cost, "ns for one line of 1 MiB")
        #expect(cost <= 2_000_000)
    }
}
