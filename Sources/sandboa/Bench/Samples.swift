// Statistics over what was measured. Pure.

/// Values of one kind, in the order they were measured.
struct Samples: Hashable, Sendable {
    private(set) var values: [Double]

    init(_ values: [Double] = []) { self.values = values }

    mutating func add(_ value: Double) { values.append(value) }

    var count: Int { values.count }
    var least: Double { quantile(0) }
    var median: Double { quantile(0.5) }

    /// The smallest value that at least this share of all values do not exceed (nearest rank).
    func quantile(_ share: Double) -> Double {
        precondition(!values.isEmpty, "there is no quantile of nothing")
        precondition((0...1).contains(share), "a share is from 0 to 1")
        let rank = Int((share * Double(count)).rounded(.up))
        return values.sorted()[max(1, rank) - 1]
    }

    /// Each value with the reference measured nearest to it: series of one run are interleaved, so
    /// what slowed the machine down for a while slowed down both of a pair.
    func pairs(with reference: Samples) -> [(value: Double, reference: Double)] {
        precondition(reference.count > 0, "there is nothing to compare with")
        return values.indices.map { index in
            (values[index], reference.values[index * reference.count / count])
        }
    }

    /// Median over median: what the figures of a table give.
    func ratioOfMedians(to reference: Samples) -> Double { median / reference.median }

    /// The median of the ratios within pairs: what is left when slow moments cancel out.
    func medianOfRatios(to reference: Samples) -> Double {
        Samples(pairs(with: reference).map { $0.value / $0.reference }).median
    }

    /// The differences within pairs.
    func differences(to reference: Samples) -> Samples {
        Samples(pairs(with: reference).map { $0.value - $0.reference })
    }
}
