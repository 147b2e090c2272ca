// Reminders act in time, in order, and not after they were taken back.

import Kernel
import Testing

@testable import Gateway

@Suite struct RemindersTests {
    private static var soon: Moment { .now.advanced(byMilliseconds: 10_000) }

    @Test func `an earlier moment overtakes a later one`() throws {
        let reminders = try Reminders()
        let seen = Monitor([Int]())
        let start = Moment.now
        for delay in [120, 40, 80] {
            _ = reminders.add(at: start.advanced(byMilliseconds: Int64(delay))) { _ in
                seen.update { $0.append(delay) }
                return nil
            }
        }
        let all = seen.wait(until: Self.soon) { $0.count == 3 ? $0 : nil }
        #expect(all == [40, 80, 120])
        #expect(Moment.now.nanoseconds(since: start) >= 120_000_000)
    }

    @Test func `an act says when it comes again`() throws {
        let reminders = try Reminders()
        let turns = Monitor(0)
        _ = reminders.add(at: .now) { now in
            turns.update { $0 += 1 }
            return turns.read { $0 } < 3 ? now.advanced(byMilliseconds: 5) : nil
        }
        let done = turns.wait(until: Self.soon) { $0 == 3 ? true : nil }
        #expect(done == true)
        let isEmpty = turns.wait(until: Self.soon) { _ in reminders.count == 0 ? true : nil }
        #expect(isEmpty == true)
    }

    @Test func `what was taken back does not happen`() throws {
        let reminders = try Reminders()
        let seen = Monitor(0)
        let number = reminders.add(at: .now.advanced(byMilliseconds: 60)) { _ in
            seen.update { $0 += 1 }
            return nil
        }
        reminders.remove(number)
        let later = reminders.add(at: .now.advanced(byMilliseconds: 120)) { _ in
            seen.update { $0 += 10 }
            return nil
        }
        #expect(later != number)
        let sum = seen.wait(until: Self.soon) { $0 > 0 ? $0 : nil }
        #expect(sum == 10)
    }
}
