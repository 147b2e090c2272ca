// Limits of two policies: compared as such, and where they differ replayed to show it.

internal import Notation

extension PolicyComparison {
    /// Limits replayed for a witness, in each direction.
    private static let maxReplayedLimits = 256
    /// And when others have shown that direction already.
    private static let maxFurtherLimits = 24

    mutating func compareLimits() {
        // Runs begin at hours of their own: where rules ask the clock, others may differ.
        let asksClock = [before, after].contains { one in
            one.policy.sections.contains { $0.rules.contains(where: \.asksClock) }
        }
        if asksClock && !reserving.isEmpty { diff.isExhaustive = false }
        let old = LimitFeed.feeds(of: reserving.map(\.before))
        let new = LimitFeed.feeds(of: reserving.map(\.after))
        compare(old, with: new, change: .looser)
        compare(new, with: old, change: .stricter)
    }

    /// Every limit of one policy that no limit of the other implies: without it, more goes
    /// through. `change` is what that means for the new policy.
    private mutating func compare(
        _ feeds: [LimitFeed], with others: [LimitFeed], change: PolicyWitness.Change
    ) {
        let denied = Set(
            reserving.indices.filter {
                let verdict = change == .looser ? reserving[$0].after : reserving[$0].before
                return verdict.decision.freedom == 0
            })
        var replayed = 0
        for feed in feeds where !others.contains(where: { $0.implies(feed, denied: denied) }) {
            guard let first = feed.bounded.subtracting(denied).min(),
                !hasShown(change, of: reserving[first].call.tool)
            else { continue }
            let isProven = has(change)
            replayed += 1
            if replayed <= (isProven ? Self.maxFurtherLimits : Self.maxReplayedLimits),
                let witness = witness(of: feed, denied, others, change: change)
            {
                add(witness)
                continue
            }
            guard !isProven else { continue }
            // Other limits together may still imply it: nobody has shown that more goes through.
            note(change)
            diff.isExhaustive = false
            guard diff.notes.count < PolicyDiff.maxWitnesses else { continue }
            diff.notes.append(
                "the limit of \(feed.identity.order.words) on \(feed.identity.name) is "
                    + (change == .looser ? "gone or wider" : "new or tighter")
                    + ", but no run of calls tried shows it")
        }
    }

    private func witness(
        of feed: LimitFeed, _ denied: Set<Int>, _ others: [LimitFeed],
        change: PolicyWitness.Change
    ) -> PolicyWitness? {
        let fitting = feed.bounded.subtracting(denied).sorted {
            (-(feed.amounts[$0] ?? 0), $0) < (-(feed.amounts[$1] ?? 0), $1)
        }
        guard let first = fitting.first else { return nil }
        var rounds = [[first]]
        if let last = fitting.last, last != first { rounds.append([last]) }
        let elsewhere = feed.amounts.keys.sorted().first {
            reserving[$0].call.tool != reserving[first].call.tool && !denied.contains($0)
        }
        if let elsewhere { rounds.append([elsewhere, first]) }
        let near = others.filter { !$0.bounded.isDisjoint(with: feed.bounded) }
        let orders = ([feed] + near).map(\.identity.order)
        for round in rounds {
            let calls = round.map { reserving[$0].call }
            let replay = LimitReplay(before: before, after: after, calls: calls, orders: orders)
            if let witness = replay.witness(of: change) { return witness }
        }
        return nil
    }
}

extension LimitOrder {
    fileprivate var words: String { "\(most) per \(window.named)" }
}
