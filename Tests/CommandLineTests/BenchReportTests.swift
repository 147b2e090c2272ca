// Rows from samples, and what people and programs get of them.

import Notation
import Testing

@testable import sandboa

@Suite struct BenchReportTests {
    private static let machine = Machine(
        processor: "a processor", processors: 2, kernel: "6.18", startedAsRoot: true, load: "0.1",
        walls: ["seccomp"])

    private static let measured: [Series: Samples] = [
        .floor: Samples([1000, 1000, 1000]), .onDemand: Samples([1100, 1100, 1300]),
        .coldPython: Samples([9000, 9000, 9000]), .parked: Samples([200, 100, 200]),
        .endToEnd: Samples([230, 240, 250]), .echo: Samples([10, 10, 10]),
        .useOfProcessors: Samples([0.7]),
        .late: Samples([300]),
    ]

    private static func result(_ row: BenchRow) throws -> BenchResult {
        try #require(BenchResult(row, measured))
    }

    @Test func `a ratio is judged by medians and by pairs`() throws {
        let onDemand = try Self.result(.onDemand)
        #expect(onDemand.figure == 1.1 && onDemand.pairedFigure == 1.1)
        #expect(onDemand.verdict == .aim)
        #expect(try Self.result(.parked).verdict == .miss)
        #expect(try Self.result(.onDemandCold).verdict == .aim)
    }

    @Test func `overhead is what the protocol adds`() throws {
        let overhead = try Self.result(.overhead)
        #expect(overhead.figure == 30 && overhead.pairedFigure == 40)
        #expect(overhead.verdict == .pass)
    }

    @Test func `times and shares are judged as they are`() throws {
        #expect(try Self.result(.late).verdict == .aim)
        #expect(try Self.result(.sustained).verdict == .pass)
        #expect(try Self.result(.floor).verdict == nil)
    }

    @Test func `a row without its reference has no result`() {
        #expect(BenchResult(.onDemandBubblewrap, Self.measured) == nil)
        #expect(BenchResult(.bubblewrap, [.bubblewrap: Samples()]) == nil)
    }

    @Test func `the text fits a hundred columns and counts what misses`() throws {
        let results = BenchRow.allCases.compactMap { BenchResult($0, Self.measured) }
        let report = BenchReport(
            machine: Self.machine, rounds: 3, results: results,
            missing: [(.bubblewrap, "bubblewrap is not installed")])
        let text = report.text(width: 80, style: .plain)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
        #expect(text.contains("bubblewrap: not measured, bubblewrap is not installed"))
        #expect(text.contains("1 of 7 figures miss their bound."))
        #expect(text.contains("MISS"))
    }

    @Test func `programs get every figure with its unit`() throws {
        let json = try Self.result(.parked).json
        #expect(json["row"] == "parked" && json["n"] == 3)
        #expect(json["min_us"] == .number("100.0") && json["p50_us"] == .number("200.0"))
        #expect(json["figure"] == .number("0.2") && json["must"] == .number("0.15"))
        #expect(json["verdict"] == "miss")
        #expect(try Self.result(.sustained).json["p50"] == .number("0.7"))
        #expect(try Self.result(.floor).json["figure"] == .null)
    }

    @Test func `every row says what it is, and its name is one word for the command line`() {
        for row in BenchRow.allCases {
            #expect(row.rawValue.isName && !row.meaning.isEmpty && !row.series.isEmpty)
        }
        #expect(Set(BenchRow.allCases.flatMap(\.series)) == Set(Series.allCases))
    }
}
