/// A set of Unicode scalars.
///
/// INVARIANT: `ranges` are sorted, neither touch nor overlap, and hold no surrogates.
struct ScalarSet: Hashable, Sendable {
    let ranges: [ClosedRange<UInt32>]

    static let all = ScalarSet([0...0x10_FFFF])
    static let digits = ScalarSet([0x30...0x39])
    static let words = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// What `\s` matches: no vertical tab.
    static let spaces = ScalarSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
    static let allButNewline = ScalarSet([0x0A...0x0A]).inverted

    private static let surrogates: ClosedRange<UInt32> = 0xD800...0xDFFF
    private static let last: UInt32 = 0x10_FFFF

    init(_ unsorted: [ClosedRange<UInt32>]) {
        var merged: [ClosedRange<UInt32>] = []
        let valid = unsorted.flatMap(Self.withoutSurrogates).sorted {
            $0.lowerBound < $1.lowerBound
        }
        for range in valid {
            if let before = merged.last, range.lowerBound <= before.upperBound + 1 {
                let upper = max(before.upperBound, range.upperBound)
                merged[merged.count - 1] = before.lowerBound...upper
            } else {
                merged.append(range)
            }
        }
        ranges = merged
    }

    init(_ scalar: Unicode.Scalar) { self.init([scalar.value...scalar.value]) }

    var isEmpty: Bool { ranges.isEmpty }

    func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

    var inverted: ScalarSet {
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
            next = range.upperBound + 1
        }
        if next <= Self.last { gaps.append(next...Self.last) }
        return ScalarSet(gaps)
    }

    func contains(_ scalar: UInt32) -> Bool {
        ranges.contains { $0.contains(scalar) }
    }

    /// With the other case of every ASCII letter, and the two letters beyond ASCII that fold to
    /// one; nil when the set lists other letters, whose folding is not known here.
    var caseFolded: ScalarSet? {
        var folded = ranges
        for range in ranges {
            if range.upperBound > 0x7F && !Self.isBroad(range) { return nil }
            for scalar in range where scalar < 0x7F {
                guard let letter = Unicode.Scalar(scalar), letter.properties.isAlphabetic
                else { continue }
                folded.append(scalar ^ 0x20...scalar ^ 0x20)
                if scalar | 0x20 == 0x6B { folded.append(0x212A...0x212A) }
                if scalar | 0x20 == 0x73 { folded.append(0x17F...0x17F) }
            }
        }
        return ScalarSet(folded)
    }

    /// All that follows ASCII, as negated classes leave it: folding adds nothing to that.
    private static func isBroad(_ range: ClosedRange<UInt32>) -> Bool {
        range.lowerBound <= 0x80 && range.upperBound >= 0xD7FF
    }

    private static func withoutSurrogates(
        _ range: ClosedRange<UInt32>
    ) -> [ClosedRange<UInt32>] {
        guard range.overlaps(surrogates) else { return [range] }
        var parts: [ClosedRange<UInt32>] = []
        if range.lowerBound < surrogates.lowerBound {
            parts.append(range.lowerBound...surrogates.lowerBound - 1)
        }
        if range.upperBound > surrogates.upperBound {
            parts.append(surrogates.upperBound + 1...range.upperBound)
        }
        return parts
    }
}
