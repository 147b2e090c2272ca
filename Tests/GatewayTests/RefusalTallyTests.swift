// Which refusals get a record of their own.

import Testing

@testable import Gateway
@testable import Kernel
@testable import MCP

@Suite struct RefusalTallyTests {
    private static func second(_ number: Int64) -> Moment {
        Moment(nanoseconds: number * 1_000_000_000)
    }

    @Test func `sixty are written, the rest of the minute is counted by what it was about`() {
        var tally = RefusalTally()
        for _ in 0..<60 { #expect(tally.take(.line, at: Self.second(10)) == .write) }
        #expect(tally.take(.method, at: Self.second(11)) == .begin(due: Self.second(71)))
        #expect(tally.take(.method, at: Self.second(12)) == .count)
        #expect(tally.take(.tool, at: Self.second(13)) == .count)
        var report = RefusalTally.Report(since: Self.second(11))
        report.counts = [.method: 2, .tool: 1]
        #expect(tally.takeReport() == report && report.total == 3)
        #expect(tally.takeReport() == nil)
    }

    @Test func `once some are counted, all are until the report`() {
        var tally = RefusalTally()
        for _ in 0...60 { _ = tally.take(.line, at: Self.second(0)) }
        // The minute of the sixty is over; its report is not written yet.
        #expect(tally.take(.line, at: Self.second(60)) == .count)
        _ = tally.takeReport()
        #expect(tally.take(.line, at: Self.second(61)) == .write)
    }

    @Test func `a report that nobody wrote in time is asked for again`() {
        var tally = RefusalTally()
        for _ in 0...60 { _ = tally.take(.line, at: Self.second(0)) }
        #expect(tally.take(.line, at: Self.second(61)) == .begin(due: Self.second(60)))
        #expect(tally.takeReport()?.total == 2)
    }

    @Test(arguments: [1, 3, 17, 250, 4_000] as [Int64])
    func `no minute holds more than sixty, one report, or less than all`(milliseconds: Int64) {
        var tally = RefusalTally()
        var written: [Moment] = []
        var reports: [Moment] = []
        var due: Moment?
        var counted: Int64 = 0
        let all = 5_000
        for number in 0..<Int64(all) {
            let now = Moment(nanoseconds: 0).advanced(byMilliseconds: number * milliseconds)
            if let time = due, time <= now {
                counted += tally.takeReport()?.total ?? 0
                reports.append(time)
                due = nil
            }
            switch tally.take(.message, at: now) {
            case .write: written.append(now)
            case .count: break
            case .begin(let time): due = time
            }
        }
        counted += tally.takeReport()?.total ?? 0
        #expect(Int64(written.count) + counted == Int64(all))
        for (first, later) in zip(written, written.dropFirst(RefusalTally.mostPerMinute)) {
            #expect(later.nanoseconds(since: first) >= 60_000_000_000)
        }
        for (first, later) in zip(reports, reports.dropFirst()) {
            #expect(later.nanoseconds(since: first) >= 60_000_000_000)
        }
    }
}
