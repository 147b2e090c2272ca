// A nonce is fresh once, in bounded memory, whatever the clock does.

import MCP
import Testing

@Suite struct UsedNoncesTests {
    @Test func `a nonce is fresh once`() {
        var used = UsedNonces()
        let uses = [1, 1, 2, 1].map { used.use([$0], expiring: 10, now: 0) }
        #expect(uses == [.fresh, .replayed, .fresh, .replayed])
    }

    @Test func `what expired is forgotten, and refused all the same`() {
        var used = UsedNonces()
        #expect(used.use([1], expiring: 10, now: 9) == .fresh)
        #expect(used.use([2], expiring: 20, now: 10) == .fresh)
        #expect(used.count == 1)
        #expect(used.use([1], expiring: 10, now: 10) == .expired)
        #expect(used.use([3], expiring: 15, now: 15) == .expired)
    }

    @Test func `a clock that steps back revives nothing`() {
        var used = UsedNonces()
        #expect(used.use([1], expiring: 10, now: 0) == .fresh)
        #expect(used.use([2], expiring: 100, now: 50) == .fresh)
        #expect(used.use([1], expiring: 10, now: 0) == .expired)
        #expect(used.use([2], expiring: 100, now: 0) == .replayed)
        #expect(used.use([3], expiring: 11, now: 0) == .fresh)
    }

    @Test func `when full it refuses until something expires`() {
        var used = UsedNonces(most: 3)
        for nonce in 1...3 as ClosedRange<UInt8> {
            #expect(used.use([nonce], expiring: 10 + Int64(nonce), now: 0) == .fresh)
        }
        #expect(used.use([4], expiring: 20, now: 10) == .full)
        #expect(used.use([1], expiring: 11, now: 10) == .replayed)
        #expect(used.count == 3)
        #expect(used.use([4], expiring: 20, now: 11) == .fresh)
        #expect(used.use([5], expiring: 20, now: 11) == .full)
    }

    @Test func `a refusal keeps nothing`() {
        var used = UsedNonces(most: 1)
        #expect(used.use([1], expiring: 0, now: 0) == .expired)
        #expect(used.use([2], expiring: .min, now: .max) == .expired)
        #expect(used.count == 0)
        #expect(used.use([1], expiring: .max, now: .min) == .fresh)
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func `no nonce is ever fresh twice`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var used = UsedNonces(most: 8)
        var seen: Set<UInt8> = []
        for _ in 0..<500 {
            let nonce = UInt8.random(in: 0..<40, using: &random)
            let now = Int64.random(in: 0..<60, using: &random)
            // A nonce belongs to one state, so its expiry never changes.
            if used.use([nonce], expiring: Int64(nonce) + 10, now: now) == .fresh {
                #expect(seen.insert(nonce).inserted)
            }
            #expect(used.count <= 8)
        }
        #expect(!seen.isEmpty)
    }
}
