// A history keeps the newest calls, within its bounds.

import Testing
import Wire

@testable import Engine

@Suite struct SessionHistoryTests {
    private func entry(_ code: String) -> HistoryEntry {
        HistoryEntry(code: code, output: "", errors: "", status: .ok)
    }

    @Test func `the oldest calls go first`() {
        var limits = SessionLimits(clearingWith: "")
        limits.historyEntries = 3
        var history = SessionHistory()
        for number in 0..<5 { history.add(entry("\(number)"), limits) }
        #expect(history.entries.map(\.code) == ["2", "3", "4"])
    }

    @Test func `its texts have a bound in bytes, and the newest call always stays`() {
        var limits = SessionLimits(clearingWith: "")
        limits.historyBytes = 100
        var history = SessionHistory()
        for _ in 0..<10 { history.add(entry(String(repeating: "ä", count: 20)), limits) }
        #expect(history.entries.count == 2)
        history.add(entry(String(repeating: "x", count: 500)), limits)
        #expect(history.entries.map(\.code.count) == [500])
        history.add(entry("y"), limits)
        #expect(history.entries.map(\.code) == ["y"])
    }
}
