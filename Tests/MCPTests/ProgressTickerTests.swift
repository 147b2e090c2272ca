// Progress goes to those who asked, and rises.

import MCP
import Notation
import Testing

@Suite struct ProgressTickerTests {
    private func makeTicker(_ meta: String, _ revision: Revision = .newest) -> ProgressTicker? {
        let step = Fixture.talk(revision).call(#"{"name":"echo","_meta":\#(meta)}"#)
        guard case .call(let call) = step else { return nil }
        return ProgressTicker(for: call)
    }

    private func report(_ milliseconds: Int64, _ line: String = "") -> ProgressReport {
        ProgressReport(phase: .running, elapsedMilliseconds: milliseconds, lastLine: line)
    }

    @Test func `nobody who did not ask gets progress`() {
        #expect(makeTicker("{}") == nil)
    }

    @Test func `the token keeps its type`() throws {
        for token in ["7", "\"7\""] {
            var ticker = try #require(makeTicker(#"{"progressToken":\#(token)}"#))
            let tick = ticker.tick(report(0))
            let line = try #require(tick)
            #expect(try JSON(parsing: line)["params"]?["progressToken"]?.text == token)
        }
    }

    @Test func `only what is more than before is sent`() throws {
        var ticker = try #require(makeTicker(#"{"progressToken":1}"#))
        let sent = [0, 0, 3, 2, 3, 4].map { ticker.tick(report($0)) != nil }
        #expect(sent == [true, false, true, false, false, true])
    }

    @Test func `nothing follows the answer`() throws {
        var ticker = try #require(makeTicker(#"{"progressToken":1}"#))
        ticker.close()
        let late = ticker.tick(report(1))
        #expect(late == nil)
    }

    @Test(
        arguments: [
            (0, "0"), (1, "0.001"), (250, "0.25"), (1000, "1"), (2010, "2.01"), (61_100, "61.1"),
        ] as [(Int64, String)])
    func `what counts is seconds`(milliseconds: Int64, text: String) throws {
        var ticker = try #require(makeTicker(#"{"progressToken":1}"#))
        let line = ticker.tick(report(milliseconds)) ?? []
        #expect(try JSON(parsing: line)["params"]?["progress"]?.text == text)
    }

    @Test func `the oldest revision gets no message`() throws {
        var old = try #require(makeTicker(#"{"progressToken":1}"#, .november2024))
        var new = try #require(makeTicker(#"{"progressToken":1}"#, .march2025))
        let oldLine = old.tick(report(1000, "half")) ?? []
        let newLine = new.tick(report(1000, "half")) ?? []
        #expect(try JSON(parsing: oldLine)["params"] == ["progressToken": 1, "progress": 1])
        #expect(try JSON(parsing: newLine)["params"]?["message"] == "running, 1 s: half")
    }

    @Test func `a report says phase, time and the last line, and nothing a terminal obeys`() {
        #expect(
            ProgressReport(phase: .waiting, elapsedMilliseconds: 999).sentence == "waiting, 0 s")
        let wild = report(3500, "\u{1B}[31mred\u{202E}")
        #expect(wild.sentence == "running, 3 s: \u{FFFD}[31mred\u{FFFD}")
        let long = report(0, String(repeating: "x", count: 500))
        #expect(long.lastLine.count == ProgressReport.maxLine + 1)
    }
}
