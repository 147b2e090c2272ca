// Time and entropy.

import Testing

@testable import Kernel

@Suite struct ClockTests {
    @Test func `the clock goes forward`() {
        let first = Moment.now
        let second = Moment.now
        #expect(first <= second)
        #expect(second.nanoseconds(since: first) >= 0)
    }

    @Test func `a moment too far away is the end of the clock`() {
        let now = Moment(nanoseconds: 5)
        #expect(now.advanced(byMilliseconds: 2).nanoseconds == 2_000_005)
        #expect(now.advanced(byNanoseconds: .max).nanoseconds == .max)
        #expect(now.advanced(byMilliseconds: .max).nanoseconds == .max)
        #expect(Moment(nanoseconds: .max).advanced(byMilliseconds: 1).nanoseconds == .max)
    }

    @Test func `the wall clock is past the day this was written`() {
        #expect(WallClock.nanoseconds > 1_760_000_000_000_000_000)
    }

    @Test func `random bytes are as many as asked for, and never the same`() throws {
        #expect(try Entropy.bytes(0) == [])
        #expect(try Entropy.bytes(256).count == 256)
        #expect(try Entropy.bytes(32) != Entropy.bytes(32))
    }

    @Test func `more random bytes than the kernel gives at once are our mistake`() async {
        await #expect(processExitsWith: .failure) { _ = try Entropy.bytes(257) }
    }
}
