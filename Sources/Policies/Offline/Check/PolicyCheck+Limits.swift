// Limits that never bind, or bind at once, and counters that nothing feeds.

internal import Notation

extension PolicyCheck {
    private struct Placed {
        let section: Section
        let index: Int
        let rule: Rule
        let limit: Limit

        var reachesAll: Bool { section.target == .everyTool }
    }

    mutating func checkLimits() {
        var placed: [Placed] = []
        eachRule { section, index, rule, _ in
            guard let limit = rule.limit else { return }
            placed.append(Placed(section: section, index: index, rule: rule, limit: limit))
        }
        var idle: Set<Int> = []
        for (place, one) in placed.enumerated() {
            checkAmount(one)
            let near = placed.indices.filter {
                placed[$0].section.target == one.section.target || placed[$0].reachesAll
            }
            let tighter = near.first { other in
                other != place && !idle.contains(other)
                    && Self.isIdle(one, beside: placed[other])
                    // Of two that say the same, the later one is idle.
                    && (other < place || !Self.isIdle(placed[other], beside: one))
            }
            guard let tighter else { continue }
            idle.insert(place)
            let other = placed[tighter]
            warn(
                at: one.rule.mark, key: key(of: one.section, rule: one.index),
                "the limit \(one.limit.words) never binds: rule '\(other.rule.name)' in line "
                    + "\(other.rule.mark.line) allows only \(other.limit.words)",
                fix: "remove the wider limit")
        }
    }

    private mutating func checkAmount(_ one: Placed) {
        let key = key(of: one.section, rule: one.index)
        guard case .fixed(let cost) = one.limit.cost else { return }
        if cost == 0 {
            warn(
                at: one.rule.mark, key: key, "the limit counts 0 a call: it never binds",
                fix: "let each call cost 1")
        } else if cost > one.limit.most {
            warn(
                at: one.rule.mark, key: key,
                "a call counts \(cost) and the limit is \(one.limit.most): it refuses every call",
                fix: "write `action: deny`, if that is meant")
        }
    }

    /// Whether `one` never refuses what `other` let through.
    private static func isIdle(_ one: Placed, beside other: Placed) -> Bool {
        guard other.rule.when == nil, !other.rule.isObserved else { return false }
        let order = LimitOrder(other.limit)
        switch (one.limit.cost, other.limit.cost) {
        case (.fixed(let cost), .fixed(let otherCost)):
            guard cost > 0, otherCost > 0 else { return false }
            return order.implies(LimitOrder(one.limit), cost: otherCost, otherCost: cost)
        case (.argument(let path), .argument(let otherPath)):
            return path.steps == otherPath.steps && order.implies(LimitOrder(one.limit))
        default: return false
        }
    }

    /// Conditions on counters that no limit feeds.
    mutating func checkCounters() {
        var fed: [CounterName] = []
        eachRule { _, _, rule, _ in
            if let limit = rule.limit { fed.append(limit.counter) }
        }
        let known = Set(fed)
        var found: [(Condition.Test, CounterName, String)] = []
        eachRule { section, index, rule, _ in
            for test in rule.tests {
                guard case .state(let name) = test.path, !known.contains(name) else { continue }
                found.append((test, name, key(of: section, rule: index)))
            }
        }
        for (test, name, key) in found {
            let nearest = Suggestion.nearest(
                to: "\(name)", among: known.map(\.description).sorted())
            warn(
                at: test.mark, key: key,
                "no limit feeds the counter \(name): the condition can't be evaluated",
                fix: nearest.map { "did you mean \($0)?" } ?? "add a limit with this counter")
        }
    }
}

extension Limit {
    /// `10 per minute and grant`.
    package var words: String {
        let whose = scope == .server ? "" : " and \(scope.rawValue)"
        return "\(most) per \(window.named)\(whose)"
    }
}

extension CounterWindow {
    /// `minute`, `sliding hour`, `90 s`.
    package var named: String {
        let length =
            switch seconds {
            case 60: "minute"
            case 3_600: "hour"
            case 86_400: "day"
            default: "\(seconds) s"
            }
        return kind == .sliding ? "sliding \(length)" : length
    }
}
