// A pattern as a machine that reads a text scalar by scalar: Thompson's construction, run on sets
// of places.

/// A machine for one pattern, found anywhere in a text.
struct TextMachine: Sendable {
    /// Steps a machine may have: counted repetitions are written out.
    static let maxSteps = 2_000

    private enum Step: Sendable {
        case split([Int])
        case take(ScalarSet, Int)
        /// Passed at the start, or at the end, of the text only.
        case start(Int)
        case end(Int)
        case accept
    }

    /// Where a machine can be after some text.
    struct State: Hashable, Sendable {
        /// Steps that wait for a scalar or for the end, sorted.
        fileprivate var places: [Int]
        /// The pattern has been found, whatever follows.
        fileprivate var isFound: Bool
    }

    private var steps: [Step] = []
    private var entry = 0

    /// nil: it would have too many steps.
    init?(_ tree: RegexTree) {
        steps.append(.accept)
        guard let entry = add(tree, before: 0) else { return nil }
        self.entry = entry
    }

    /// Adds the steps of a tree that goes on at `next`; its first step.
    private mutating func add(_ tree: RegexTree, before next: Int) -> Int? {
        guard steps.count < Self.maxSteps else { return nil }
        switch tree {
        case .empty: return next
        case .scalars(let set): return append(.take(set, next))
        case .textStart: return append(.start(next))
        case .textEnd: return append(.end(next))
        case .sequence(let parts):
            var first = next
            for part in parts.reversed() {
                guard let added = add(part, before: first) else { return nil }
                first = added
            }
            return first
        case .choice(let branches):
            var firsts: [Int] = []
            for branch in branches {
                guard let added = add(branch, before: next) else { return nil }
                firsts.append(added)
            }
            return append(.split(firsts))
        case .repeated(let inner, let least, let most):
            return add(inner, least: least, most: most, before: next)
        }
    }

    private mutating func add(
        _ inner: RegexTree, least: Int, most: Int?, before next: Int
    ) -> Int? {
        var first = next
        if let most {
            for _ in least..<max(least, most) {
                guard let once = add(inner, before: first) else { return nil }
                // Leaving early leaves altogether: the rest of the repetitions is optional.
                first = append(.split([once, next]))
            }
        } else {
            let loop = append(.split([]))
            guard let once = add(inner, before: loop) else { return nil }
            steps[loop] = .split([once, next])
            first = loop
        }
        for _ in 0..<least {
            guard let once = add(inner, before: first) else { return nil }
            first = once
        }
        return first
    }

    private mutating func append(_ step: Step) -> Int {
        steps.append(step)
        return steps.count - 1
    }

    /// The sets of scalars that the machine tells apart.
    var sets: [ScalarSet] {
        steps.compactMap { if case .take(let set, _) = $0 { set } else { nil } }
    }

    var start: State { closed([entry], isStart: true) }

    func advanced(_ state: State, by scalar: UInt32) -> State {
        if state.isFound { return state }
        var next: [Int] = []
        for place in state.places {
            if case .take(let set, let target) = steps[place], set.contains(scalar) {
                next.append(target)
            }
        }
        // A pattern may begin anywhere: each scalar starts it anew.
        next.append(entry)
        return closed(next, isStart: false)
    }

    /// Whether the pattern is found in a text that ends here.
    func accepts(_ state: State, isStart: Bool) -> Bool {
        if state.isFound { return true }
        var open = state.places
        var seen = Set(open)
        while let place = open.popLast() {
            let targets: [Int]
            switch steps[place] {
            case .accept: return true
            case .end(let target): targets = [target]
            case .split(let all): targets = all
            case .start(let target): targets = isStart ? [target] : []
            case .take: targets = []
            }
            for target in targets where seen.insert(target).inserted { open.append(target) }
        }
        return false
    }

    /// Follows what needs no scalar.
    private func closed(_ places: [Int], isStart: Bool) -> State {
        var open = places
        var seen = Set(open)
        var waiting: [Int] = []
        while let place = open.popLast() {
            let targets: [Int]
            switch steps[place] {
            case .accept: return State(places: [], isFound: true)
            case .take, .end:
                waiting.append(place)
                continue
            case .split(let all): targets = all
            case .start(let target): targets = isStart ? [target] : []
            }
            for target in targets where seen.insert(target).inserted { open.append(target) }
        }
        return State(places: waiting.sorted(), isFound: false)
    }
}
