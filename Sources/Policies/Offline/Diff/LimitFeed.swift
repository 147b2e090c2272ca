internal import Notation

/// A bound of a policy, with the calls that it holds back and the calls that its counter counts.
struct LimitFeed {
    struct Identity: Hashable {
        let name: CounterName
        let order: LimitOrder
    }

    let identity: Identity
    /// Calls held to the bound, by number.
    let bounded: Set<Int>
    /// What each call counts, by its number.
    let amounts: [Int: Int64]

    /// The limits that the verdicts of one policy ask for.
    static func feeds(of verdicts: [Verdict]) -> [LimitFeed] {
        var amounts: [CounterKey: [Int: Int64]] = [:]
        var bounded: [Identity: (key: CounterKey, calls: Set<Int>)] = [:]
        for (number, verdict) in verdicts.enumerated() {
            // What is only observed counts, and holds nobody back.
            for reservation in verdict.reservations where reservation.most < .max {
                var key = reservation.key
                key.owner = ""
                amounts[key, default: [:]][number, default: 0] += reservation.amount
                let identity = Identity(name: key.name, order: LimitOrder(reservation))
                bounded[identity, default: (key, [])].calls.insert(number)
            }
        }
        let feeds = bounded.map { identity, value in
            LimitFeed(
                identity: identity, bounded: value.calls, amounts: amounts[value.key] ?? [:])
        }
        // By the first call each holds back: the same order every time.
        return feeds.map { ($0.bounded.min() ?? 0, "\($0.identity.name)", $0) }.sorted {
            ($0.0, $0.1, $0.2.identity.order.window.seconds, $0.2.identity.order.most)
                < ($1.0, $1.1, $1.2.identity.order.window.seconds, $1.2.identity.order.most)
        }.map(\.2)
    }

    /// Whether whoever keeps within `self` keeps within `other`. `denied`: calls that the policy of
    /// `self` does not let through at all.
    func implies(_ other: LimitFeed, denied: Set<Int>) -> Bool {
        // Most limits have nothing to do with each other, which one call shows.
        guard let one = other.bounded.first, bounded.contains(one) || denied.contains(one)
        else { return false }
        guard other.bounded.subtracting(denied).isSubset(of: bounded) else { return false }
        // The call that counts most there for what it counts here.
        var worst: (cost: Int64, otherCost: Int64) = (1, 0)
        for (number, otherCost) in other.amounts where !denied.contains(number) {
            guard let cost = amounts[number] else { return false }
            if Int128(otherCost) * Int128(worst.cost) > Int128(worst.otherCost) * Int128(cost) {
                worst = (cost, otherCost)
            }
        }
        return identity.order.implies(
            other.identity.order, cost: worst.cost, otherCost: worst.otherCost)
    }
}
