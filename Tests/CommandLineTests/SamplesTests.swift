// Quantiles and pairs.

import Testing

@testable import sandboa

@Suite struct SamplesTests {
    @Test func `a quantile is the smallest value that enough others do not exceed`() {
        let samples = Samples([50, 10, 40, 20, 30])
        #expect(samples.least == 10)
        #expect(samples.median == 30)
        #expect(samples.quantile(0.2) == 10)
        #expect(samples.quantile(0.21) == 20)
        #expect(samples.quantile(0.99) == 50)
        #expect(samples.quantile(1) == 50)
    }

    @Test func `one value is all of its quantiles`() {
        let samples = Samples([7])
        #expect(samples.least == 7 && samples.median == 7 && samples.quantile(0.99) == 7)
    }

    @Test(arguments: 1...32)
    func `quantiles rise and are values that were measured`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...200, using: &random)
        let values = (0..<count).map { _ in Double.random(in: 1...1000, using: &random) }
        let samples = Samples(values)
        var last = 0.0
        for step in 0...100 {
            let share = Double(step) / 100
            let quantile = samples.quantile(share)
            #expect(values.contains(quantile) && quantile >= last)
            let below = values.count { $0 <= quantile }
            #expect(Double(below) >= share * Double(count))
            last = quantile
        }
    }

    @Test func `pairs are neighbors in time, also when one series has more values`() {
        let calls = Samples([1, 2, 3, 4, 5, 6])
        let references = Samples([10, 20, 30])
        #expect(calls.pairs(with: references).map(\.reference) == [10, 10, 20, 20, 30, 30])
        #expect(references.pairs(with: calls).map(\.reference) == [1, 3, 5])
    }

    /// The machine slows down threefold for most of the run: pairs do not notice.
    @Test func `a slow while cancels out of the ratios of pairs`() {
        let slowness = [1.0, 1, 3, 3, 3, 3, 1]
        let reference = Samples(slowness.map { $0 * 1000 })
        // One value of ours fell into a fast moment, its reference did not, and once the reverse.
        let ours = Samples([500, 500, 1500, 500, 1500, 1500, 1500])
        #expect(ours.medianOfRatios(to: reference) == 0.5)
        #expect(Samples([3, 4, 5]).ratioOfMedians(to: Samples([8, 2, 9])) == 0.5)
    }

    @Test func `differences are taken within pairs`() {
        let ours = Samples([12, 25, 31])
        #expect(ours.differences(to: Samples([10, 20, 30])).median == 2)
    }
}
