// One row, measured. Pure.

import Notation

/// The figures of a row, and whether they reach its bounds.
struct BenchResult: Hashable, Sendable {
    let row: BenchRow
    /// The samples of the row's own series.
    let samples: Samples
    /// From the medians.
    let figure: Double?
    /// From the pairs, where a row has them.
    let pairedFigure: Double?
    let verdict: Bound.Verdict?

    /// Nil when something the row needs was not measured.
    init?(_ row: BenchRow, _ measured: [Series: Samples]) {
        let taken = row.series.compactMap { measured[$0] }.filter { $0.count > 0 }
        guard taken.count == row.series.count, let samples = taken.first, let other = taken.last
        else { return nil }
        self.row = row
        self.samples = samples
        switch row.figure {
        case .plain: (figure, pairedFigure) = (nil, nil)
        case .time, .share: (figure, pairedFigure) = (samples.median, nil)
        case .ratio:
            figure = samples.ratioOfMedians(to: other)
            pairedFigure = samples.medianOfRatios(to: other)
        case .difference:
            figure = taken.dropFirst().reduce(samples.median) { $0 - $1.median }
            pairedFigure = taken.dropFirst().reduce(samples) { $0.differences(to: $1) }.median
        }
        let figures = [figure, pairedFigure].compactMap { $0 }
        verdict = figures.isEmpty ? nil : row.bound?.verdict(on: figures)
    }

    var json: JSON {
        let isShare = if case .share = row.figure { true } else { false }
        let unit = isShare ? "" : "_us"
        var object: JSONObject = [
            "row": .string(row.rawValue), "meaning": .string(row.meaning),
            "n": .integer(Int64(samples.count)),
        ]
        object["min\(unit)"] = number(samples.least)
        object["p50\(unit)"] = number(samples.median)
        object["p99\(unit)"] = number(samples.quantile(0.99))
        object["figure"] = number(figure)
        object["figure_of_pairs"] = number(pairedFigure)
        object["must"] = number(row.bound?.must)
        object["aim"] = number(row.bound?.aim)
        object["verdict"] = verdict.map { .string($0.rawValue) } ?? .null
        return .object(object)
    }

    private func number(_ value: Double?) -> JSON {
        value.flatMap { JSON.double($0) } ?? .null
    }
}
