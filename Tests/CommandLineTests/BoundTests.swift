// When a figure reaches its bound.

import Testing

@testable import sandboa

@Suite struct BoundTests {
    @Test func `a figure at its bound reaches it`() {
        let bound = Bound.atMost(1.25, aim: 1.12)
        #expect(bound.verdict(on: [1.12]) == .aim)
        #expect(bound.verdict(on: [1.13]) == .pass)
        #expect(bound.verdict(on: [1.25]) == .pass)
        #expect(bound.verdict(on: [1.26]) == .miss)
    }

    @Test func `a bound from below turns the order around`() {
        let bound = Bound.atLeast(0.6, aim: 0.85)
        #expect(bound.verdict(on: [0.9]) == .aim)
        #expect(bound.verdict(on: [0.7]) == .pass)
        #expect(bound.verdict(on: [0.59]) == .miss)
    }

    @Test func `the worse of two figures decides`() {
        let bound = Bound.atMost(1.25, aim: 1.12)
        #expect(bound.verdict(on: [1.0, 1.2]) == .pass)
        #expect(bound.verdict(on: [1.3, 1.0]) == .miss)
    }

    @Test func `without an aim nothing is better than passing`() {
        #expect(Bound.atMost(5).verdict(on: [0]) == .pass)
    }

    @Test func `an aim is at least as hard as what must be reached`() {
        for bound in BenchRow.allCases.compactMap(\.bound) {
            guard let aim = bound.aim else { continue }
            #expect(bound.verdict(on: [aim]) == .aim)
            #expect(bound.direction == .atMost ? aim <= bound.must : aim >= bound.must)
        }
    }
}
