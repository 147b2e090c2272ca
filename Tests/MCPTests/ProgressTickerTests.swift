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

    @Test func `nobody who did not ask gets progress`() {
        #expect(makeTicker("{}") == nil)
    }

    @Test func `the token keeps its type`() throws {
        for token in ["7", "\"7\""] {
            var ticker = try #require(makeTicker(#"{"progressToken":\#(token)}"#))
            let tick = ticker.tick(0)
            let line = try #require(tick)
            #expect(try JSON(parsing: line)["params"]?["progressToken"]?.text == token)
        }
    }

    @Test func `only what is more than before is sent`() throws {
        var ticker = try #require(makeTicker(#"{"progressToken":1}"#))
        let sent = [-1, -1, 0, 3, 2, 3, 4].map { ticker.tick($0) != nil }
        #expect(sent == [true, false, true, true, false, false, true])
    }

    @Test func `nothing follows the answer`() throws {
        var ticker = try #require(makeTicker(#"{"progressToken":1}"#))
        ticker.close()
        let late = ticker.tick(1)
        #expect(late == nil)
    }

    @Test func `the oldest revision gets no message`() throws {
        var old = try #require(makeTicker(#"{"progressToken":1}"#, .november2024))
        var new = try #require(makeTicker(#"{"progressToken":1}"#, .march2025))
        let oldLine = old.tick(1, of: 2, message: "half") ?? []
        let newLine = new.tick(1, of: 2, message: "half") ?? []
        #expect(
            try JSON(parsing: oldLine)["params"]
                == ["progressToken": 1, "progress": 1, "total": 2])
        #expect(try JSON(parsing: newLine)["params"]?["message"] == "half")
    }
}
