// What counters must do, as data: the same table for every store.

import Policies

/// Steps against one store, each with what it must answer.
struct Scenario: Sendable, CustomStringConvertible {
    enum Step: Sendable {
        /// At so many milliseconds; granted, and the ticket filed under a name.
        case grant([Reservation], at: Int64, as: String = "")
        case refuse(
            [Reservation], at: Int64, index: Int = 0, current: Int64, retry: Int64?)
        case settle(String, Settlement)
        case values([CounterKey], at: Int64, [Int64])
    }

    let description: String
    let steps: [Step]

    init(_ description: String, _ steps: [Step]) {
        self.description = description
        self.steps = steps
    }

    private static let minute = CounterKey.sample(CounterWindow(.calendar, seconds: 60))
    private static let day = CounterKey.sample(CounterWindow(.calendar, seconds: 86_400))
    private static let sliding = CounterKey.sample(CounterWindow(.sliding, seconds: 60))
    private static let big: Int64 = .max

    static let all = calendar + sliding_ + settling + several + numbers

    private static let calendar: [Scenario] = [
        Scenario(
            "a limit may be reached, and not passed",
            [
                .grant([.sample(minute, of: 2)], at: 0), .grant([.sample(minute, of: 2)], at: 1),
                .values([minute], at: 1, [2]),
                .refuse([.sample(minute, of: 2)], at: 2, current: 2, retry: 59_998),
                .values([minute], at: 2, [2]),
            ]),
        Scenario(
            "a full minute of UTC begins anew, to the nanosecond",
            [
                .grant([.sample(minute, of: 1)], at: 59_999),
                .refuse([.sample(minute, of: 1)], at: 59_999, current: 1, retry: 1),
                .grant([.sample(minute, of: 1)], at: 60_000),
                .values([minute], at: 60_000, [1]),
                .values([minute], at: 120_000, [0]),
            ]),
        Scenario(
            "a day ends at midnight",
            [
                .grant([.sample(day, of: 1)], at: 0),
                .refuse([.sample(day, of: 1)], at: 0, current: 1, retry: 14 * 3_600_000),
                .refuse([.sample(day, of: 1)], at: 50_399_999, current: 1, retry: 1),
                .grant([.sample(day, of: 1)], at: 50_400_000),
            ]),
        Scenario(
            "a clock that is set back does not refill",
            [
                .grant([.sample(minute, of: 1)], at: 60_000),
                .refuse([.sample(minute, of: 1)], at: 0, current: 1, retry: 120_000),
                .values([minute], at: 0, [1]),
                .grant([.sample(minute, of: 2)], at: 0),
                .values([minute], at: 60_000, [2]),
            ]),
    ]

    private static let sliding_: [Scenario] = [
        Scenario(
            "a sliding window forgets each charge when its own time is up",
            [
                .grant([.sample(sliding, of: 2)], at: 0),
                .grant([.sample(sliding, of: 2)], at: 30_000),
                .refuse([.sample(sliding, of: 2)], at: 59_999, current: 2, retry: 1),
                .grant([.sample(sliding, of: 2)], at: 60_000),
                .refuse([.sample(sliding, of: 2)], at: 60_001, current: 2, retry: 29_999),
                .values([sliding], at: 89_999, [2]), .values([sliding], at: 90_000, [1]),
                .values([sliding], at: 120_000, [0]),
            ]),
        Scenario(
            "there is no boundary to pass twice the limit at",
            [
                .grant([.sample(sliding, 5, of: 5)], at: 59_999),
                .refuse([.sample(sliding, 1, of: 5)], at: 60_000, current: 5, retry: 59_999),
            ]),
        Scenario(
            "what asks for more waits for more to be forgotten",
            [
                .grant([.sample(sliding, 2, of: 6)], at: 0),
                .grant([.sample(sliding, 2, of: 6)], at: 1000),
                .grant([.sample(sliding, 2, of: 6)], at: 2000),
                .refuse([.sample(sliding, 1, of: 6)], at: 3000, current: 6, retry: 57_000),
                .refuse([.sample(sliding, 3, of: 6)], at: 3000, current: 6, retry: 58_000),
                .refuse([.sample(sliding, 6, of: 6)], at: 3000, current: 6, retry: 59_000),
                .refuse([.sample(sliding, 7, of: 6)], at: 3000, current: 6, retry: nil),
            ]),
        Scenario(
            "a clock that is set back does not refill a sliding window",
            [
                .grant([.sample(sliding, of: 1)], at: 60_000),
                .refuse([.sample(sliding, of: 1)], at: 0, current: 1, retry: 120_000),
                .values([sliding], at: 0, [1]),
            ]),
    ]

    private static let settling: [Scenario] = [
        Scenario(
            "an attempt is kept whatever comes out, unless it never ran",
            [
                .grant([.sample(minute, of: 3)], at: 0, as: "a"),
                .grant([.sample(minute, of: 3)], at: 0, as: "b"),
                .grant([.sample(minute, of: 3)], at: 0, as: "c"),
                .settle("a", .ok), .settle("b", .failed), .values([minute], at: 0, [3]),
                .settle("c", .unused), .values([minute], at: 0, [2]),
            ]),
        Scenario(
            "a success is given back when it was none",
            [
                .grant([.sample(sliding, 2, of: 9, .success)], at: 0, as: "a"),
                .grant([.sample(sliding, 3, of: 9, .success)], at: 0, as: "b"),
                .grant([.sample(sliding, 4, of: 9, .success)], at: 0, as: "c"),
                .settle("a", .ok), .values([sliding], at: 0, [9]),
                .settle("b", .failed), .values([sliding], at: 0, [6]),
                .settle("c", .unused), .values([sliding], at: 0, [2]),
                .values([sliding], at: 60_000, [0]),
            ]),
        Scenario(
            "settling twice changes nothing",
            [
                .grant([.sample(minute, 2, of: 9)], at: 0, as: "a"),
                .grant([.sample(minute, 2, of: 9)], at: 0, as: "b"),
                .settle("a", .unused), .settle("a", .unused), .settle("a", .failed),
                .settle("b", .ok), .settle("b", .unused), .values([minute], at: 0, [2]),
            ]),
        Scenario(
            "what is not settled stays charged",
            [
                .grant([.sample(minute, 2, of: 2)], at: 0),
                .refuse([.sample(minute, of: 2)], at: 59_000, current: 2, retry: 1000),
            ]),
        Scenario(
            "nothing is given back into a window it was not taken from",
            [
                .grant([.sample(minute, 2, of: 2)], at: 0, as: "a"),
                .grant([.sample(minute, 1, of: 2)], at: 60_000), .settle("a", .unused),
                .values([minute], at: 60_000, [1]),
                .grant([.sample(sliding, 2, of: 2)], at: 0, as: "b"),
                .grant([.sample(sliding, 1, of: 2)], at: 60_000), .settle("b", .unused),
                .values([sliding], at: 60_000, [1]),
            ]),
    ]

    private static let several: [Scenario] = [
        Scenario(
            "all or nothing",
            [
                .grant([.sample(day, 2, of: 2)], at: 0),
                .refuse(
                    [.sample(minute, of: 5), .sample(sliding, of: 5), .sample(day, of: 2)], at: 0,
                    index: 2, current: 2, retry: 14 * 3_600_000),
                .values([minute, sliding, day], at: 0, [0, 0, 2]),
            ]),
        Scenario(
            "reservations of one call on one counter add up",
            [
                .refuse(
                    [.sample(minute, 2, of: 3), .sample(minute, 2, of: 3)], at: 0, index: 1,
                    current: 0, retry: nil),
                .values([minute], at: 0, [0]),
                .grant([.sample(minute, 1, of: 3), .sample(minute, 2, of: 3)], at: 0, as: "a"),
                .values([minute], at: 0, [3]), .settle("a", .unused),
                .values([minute], at: 0, [0]),
                .grant([.sample(sliding, 1, of: 3), .sample(sliding, 2, of: 3)], at: 0, as: "b"),
                .refuse([.sample(sliding, 1, of: 3)], at: 0, current: 3, retry: 60_000),
                .settle("b", .unused), .values([sliding], at: 0, [0]),
            ]),
        Scenario(
            "a call that reserves nothing is granted",
            [.grant([], at: 0, as: "a"), .settle("a", .ok)]),
        Scenario(
            "owners, scopes, names and windows are counted apart",
            [
                .grant([.sample(minute, of: 1)], at: 0), .grant([.sample(sliding, of: 1)], at: 0),
                .grant([.sample(.sample(minute.window, owner: "a:b"), of: 1)], at: 0),
                .grant([.sample(.sample(minute.window, owner: "a"), of: 1)], at: 0),
                .grant([.sample(.sample(minute.window, name: "calls:", owner: "a"), of: 1)], at: 0),
                .refuse([.sample(minute, of: 1)], at: 0, current: 1, retry: 60_000),
            ]),
    ]

    private static let numbers: [Scenario] = [
        Scenario(
            "integers are exact beyond what a double can tell apart",
            [
                .grant([.sample(minute, 9_007_199_254_740_993, of: big)], at: 0),
                .values([minute], at: 0, [9_007_199_254_740_993]),
                .grant([.sample(minute, 1, of: 9_007_199_254_740_994)], at: 0),
                .refuse(
                    [.sample(minute, 1, of: 9_007_199_254_740_994)], at: 0,
                    current: 9_007_199_254_740_994, retry: 60_000),
            ]),
        Scenario(
            "a sum that would overflow does not fit",
            [
                .grant([.sample(sliding, big - 1, of: big)], at: 0, as: "a"),
                .refuse([.sample(sliding, 2, of: big)], at: 0, current: big - 1, retry: 60_000),
                .refuse([.sample(sliding, big, of: big)], at: 0, current: big - 1, retry: 60_000),
                .grant([.sample(sliding, 1, of: big)], at: 0), .values([sliding], at: 0, [big]),
                .refuse(
                    [.sample(minute, big, of: big), .sample(minute, 1, of: big)], at: 0, index: 1,
                    current: 0, retry: nil),
                .settle("a", .unused), .values([sliding], at: 0, [1]),
            ]),
        Scenario(
            "a limit of zero grants charges of zero; a negative one nothing",
            [
                .grant([.sample(minute, 0, of: 0)], at: 0, as: "a"), .settle("a", .unused),
                .refuse([.sample(minute, 1, of: 0)], at: 0, current: 0, retry: nil),
                .refuse([.sample(minute, 0, of: -1)], at: 0, current: 0, retry: nil),
                .refuse([.sample(minute, 5, of: .min)], at: 0, current: 0, retry: nil),
                .grant([.sample(sliding, 0, of: 0)], at: 0), .values([sliding], at: 0, [0]),
            ]),
        Scenario(
            "a limit that was lowered refuses until there is room",
            [
                .grant([.sample(minute, 5, of: 5)], at: 0),
                .refuse([.sample(minute, 0, of: 3)], at: 0, current: 5, retry: 60_000),
                .grant([.sample(minute, 3, of: 3)], at: 60_000),
            ]),
    ]
}
