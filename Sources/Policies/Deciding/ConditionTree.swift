// The conditions of a policy as one array of nodes, so that evaluating them follows no pointers.

/// INVARIANT: no condition is deeper than `maxDepth`; what was written deeper can't be evaluated.
/// INVARIANT: the parts of a node stand behind it.
struct ConditionTree: Sendable {
    static let maxDepth = 64

    private enum Node: Sendable {
        case test(Int)
        case all(Range<Int>)
        case any(Range<Int>)
        case not(Int)
        case tooDeep
    }

    private var nodes: [Node] = []
    private(set) var tests: [CompiledTest] = []

    /// Adds a condition; its number is what `truth` wants.
    mutating func add(
        _ condition: Condition, _ compile: (Condition.Test) -> CompiledTest
    ) -> Int {
        nodes.append(.tooDeep)
        let place = nodes.count - 1
        fill(place, condition, depth: 0, compile)
        return place
    }

    private mutating func fill(
        _ place: Int, _ condition: Condition, depth: Int,
        _ compile: (Condition.Test) -> CompiledTest
    ) {
        guard depth < Self.maxDepth else { return }
        switch condition {
        case .test(let test):
            tests.append(compile(test))
            nodes[place] = .test(tests.count - 1)
        case .not(let part):
            let parts = fill([part], depth: depth, compile)
            nodes[place] = .not(parts.lowerBound)
        case .all(let parts): nodes[place] = .all(fill(parts, depth: depth, compile))
        case .any(let parts): nodes[place] = .any(fill(parts, depth: depth, compile))
        }
    }

    private mutating func fill(
        _ parts: [Condition], depth: Int, _ compile: (Condition.Test) -> CompiledTest
    ) -> Range<Int> {
        let places = nodes.count..<(nodes.count + parts.count)
        nodes.append(contentsOf: repeatElement(.tooDeep, count: parts.count))
        for (place, part) in zip(places, parts) { fill(place, part, depth: depth + 1, compile) }
        return places
    }

    /// Whether the condition holds. `permitting` is the value that lets the call through.
    func truth(
        of node: Int, for call: PolicyCall, _ circumstances: Circumstances, permitting: Bool,
        _ trial: inout Trial
    ) -> Truth {
        switch nodes[node] {
        case .test(let test):
            return tests[test].truth(for: call, circumstances, permitting: permitting, &trial)
        case .not(let part):
            return truth(of: part, for: call, circumstances, permitting: !permitting, &trial)
                .opposite
        case .all(let parts):
            var result = Truth.yes
            for part in parts {
                let truth = truth(
                    of: part, for: call, circumstances, permitting: permitting, &trial)
                if truth == .no { return .no }
                if truth == .unknown { result = .unknown }
            }
            return result
        case .any(let parts):
            var result = Truth.no
            for part in parts {
                let truth = truth(
                    of: part, for: call, circumstances, permitting: permitting, &trial)
                if truth == .yes { return .yes }
                if truth == .unknown { result = .unknown }
            }
            return result
        case .tooDeep:
            trial.budget.exhaust()
            return .unknown
        }
    }

    /// The first test that kept the condition from its permitting value; nil when none did.
    func obstacle(
        in node: Int, for call: PolicyCall, _ circumstances: Circumstances, permitting: Bool
    ) -> Obstacle? {
        switch nodes[node] {
        case .test(let test):
            var trial = Trial(isTracing: true)
            let truth = tests[test].truth(for: call, circumstances, permitting: permitting, &trial)
            guard truth != Truth(permitting) else { return nil }
            return Obstacle(
                test: tests[test], isNegated: !permitting, actual: trial.obstacle ?? .missing,
                hasAlternatives: false)
        case .not(let part):
            return obstacle(in: part, for: call, circumstances, permitting: !permitting)
        case .all(let parts):
            return obstacle(
                in: parts, isChoice: !permitting, for: call, circumstances, permitting: permitting)
        case .any(let parts):
            return obstacle(
                in: parts, isChoice: permitting, for: call, circumstances, permitting: permitting)
        case .tooDeep:
            return nil
        }
    }

    private func obstacle(
        in parts: Range<Int>, isChoice: Bool, for call: PolicyCall, _ circumstances: Circumstances,
        permitting: Bool
    ) -> Obstacle? {
        for part in parts {
            guard var found = obstacle(in: part, for: call, circumstances, permitting: permitting)
            else { continue }
            if isChoice && parts.count > 1 { found.hasAlternatives = true }
            return found
        }
        return nil
    }
}
