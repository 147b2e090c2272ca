// The benchmark's answer, for people and for programs. Pure.

import Notation

/// All rows of one run.
struct BenchReport: Sendable {
    let machine: Machine
    let rounds: Int
    let results: [BenchResult]
    /// Rows that could not be measured here, and why.
    let missing: [(row: BenchRow, reason: String)]

    func text(width: Int, style: Style) -> String {
        var text = style.paint("sandboa bench", .heading) + ", \(rounds) rounds\n"
        let facts = machine.lines.flatMap { $0.wrapped(to: width - 2) }
        text += facts.map { "  \($0)\n" }.joined() + "\n"
        text += table.text(width: max(width, 100), style: style)
        for (row, reason) in missing { text += "\(row.rawValue): not measured, \(reason)\n" }
        text += "\n" + legend.text(width: width, style: style)
        let missed = results.count { $0.verdict == .miss }
        let judged = results.count { $0.verdict != nil }
        text +=
            missed == 0
            ? "\nAll \(judged) figures with a bound reach it.\n"
            : "\n\(missed) of \(judged) figures miss their bound. "
                + "The exit status is 0 whenever all were measured.\n"
        return text
    }

    var json: JSON {
        [
            "machine": machine.json, "rounds": .integer(Int64(rounds)),
            "rows": .array(results.map(\.json)),
            "missing": .array(
                missing.map { ["row": .string($0.row.rawValue), "reason": .string($0.reason)] }),
        ]
    }

    private var table: Table {
        let titles = ["ROW", "N", "MIN", "P50", "P99", "FIGURE", "PAIRS", "MUST", "AIM", "VERDICT"]
        let columns = titles.enumerated().map { index, title in
            let isText = index == 0 || index == titles.count - 1
            return Table.Column(title: title, alignment: isText ? .left : .right)
        }
        return Table(columns: columns, rows: results.map(cells))
    }

    private func cells(_ result: BenchResult) -> [Table.Cell] {
        let row = result.row
        let samples = result.samples
        let spread = [samples.least, samples.median, samples.quantile(0.99)].map {
            Table.Cell(value($0, ofSamplesIn: row))
        }
        let figures = [result.figure, result.pairedFigure, row.bound?.must, row.bound?.aim].map {
            Table.Cell($0.map { figure($0, row) } ?? "")
        }
        let verdict: Table.Cell =
            switch result.verdict {
            case .aim: Table.Cell("aim", .good)
            case .pass: Table.Cell("pass", .good)
            case .miss: Table.Cell("MISS", .bad)
            case nil: ""
            }
        return [Table.Cell(row.rawValue, .name), Table.Cell("\(samples.count)")] + spread + figures
            + [verdict]
    }

    private func value(_ value: Double, ofSamplesIn row: BenchRow) -> String {
        if case .share = row.figure { return FigureText.significant(value) }
        return FigureText.time(value)
    }

    private func figure(_ value: Double, _ row: BenchRow) -> String {
        switch row.figure {
        case .plain, .time, .difference: FigureText.time(value)
        case .share: FigureText.significant(value)
        case .ratio(_, to: let reference):
            FigureText.ratio(value, asFraction: reference != .floor)
        }
    }

    private var legend: Table {
        let columns = [Table.Column(), Table.Column()]
        let notes = results.map {
            [Table.Cell($0.row.rawValue, .name), Table.Cell($0.row.meaning)]
        }
        let columnNotes: [[Table.Cell]] = [
            [Table.Cell("FIGURE", .heading), "made of the two P50s"],
            [
                Table.Cell("PAIRS", .heading),
                "the median over pairs measured next to each other; the worse of both decides",
            ],
        ]
        return Table(columns: columns, rows: notes + columnNotes)
    }
}
