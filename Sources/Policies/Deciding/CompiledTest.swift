// One test of a call: a path, walked through the arguments, and a comparison at its end.
//
// INVARIANT: recursion happens only at `[*]` and `[?]`, each of which goes one list deeper into
// the arguments, and a test sees at most `VisitBudget.most` values.

internal import Notation

/// A class, so that using one costs one reference count and not one per field.
final class CompiledTest: Sendable {
    /// The limit that feeds a counter says over which time and for whom it counts.
    struct Counter: Sendable {
        let name: CounterName
        let window: CounterWindow
        let scope: CounterScope
    }

    /// Empty: the test asks a counter, or the clock.
    private let steps: [ArgumentPath.Step]
    /// The argument the path begins with, as nearly all do.
    private let firstKey: String?
    /// nil: the test asks an argument, or a counter that no limit of the policy feeds.
    let counter: Counter?
    private let clock: Condition.ClockField?
    private let comparison: Comparison
    private let onMissing: Condition.Missing?
    let written: Condition.Test

    init(_ written: Condition.Test, counter: Counter?, in dialect: Policy.Dialect) {
        self.written = written
        self.counter = counter
        if case .argument(let path) = written.path { steps = path.steps } else { steps = [] }
        if case .time(let field) = written.path { clock = field } else { clock = nil }
        if case .key(let key) = steps.first { firstKey = key } else { firstKey = nil }
        comparison = Comparison(written.operation, in: dialect)
        onMissing = written.onMissing
    }

    /// The verdict on a call. `permitting` is the value that lets the call through: `on_missing`
    /// speaks of denying and allowing, not of true and false.
    func truth(
        for call: PolicyCall, _ circumstances: Circumstances, permitting: Bool,
        _ trial: inout Trial
    ) -> Truth {
        trial.budget.renew()
        if let firstKey {
            guard let member = call.arguments[firstKey]
            else { return judge(absent: .missing, permitting, &trial) }
            return walk(steps, from: 1, at: member, permitting, &trial)
        }
        if !steps.isEmpty {
            return walk(steps, from: 0, at: .object(call.arguments), permitting, &trial)
        }
        if let clock {
            return judge(.integer(clock.value(at: circumstances.now)), permitting, &trial)
        }
        guard let counter else { return judge(absent: .unreachable, permitting, &trial) }
        let value = circumstances.counters.value(of: counter.key(for: call))
        return judge(.integer(value), permitting, &trial)
    }

    private func walk(
        _ steps: [ArgumentPath.Step], from first: Int, at start: JSON, _ permitting: Bool,
        _ trial: inout Trial
    ) -> Truth {
        var value = start
        for place in first..<steps.count {
            switch (steps[place], value) {
            case (.key(let key), .object(let object)):
                guard let member = object[key] else {
                    return judge(absent: .missing, permitting, &trial)
                }
                value = member
            case (.index(let index), .array(let elements)):
                guard elements.indices.contains(index)
                else { return judge(absent: .missing, permitting, &trial) }
                value = elements[index]
            case (.length, _):
                guard let count = value.length
                else { return judge(absent: .unreachable, permitting, &trial) }
                value = count
            case (.each, .array(let elements)):
                return every(elements, steps, from: place + 1, permitting, &trial)
            case (.some, .array(let elements)):
                return some(elements, steps, from: place + 1, permitting, &trial)
            default:
                return judge(absent: .unreachable, permitting, &trial)
            }
        }
        return judge(value, permitting, &trial)
    }

    /// True of each element, and there is one.
    private func every(
        _ elements: [JSON], _ steps: [ArgumentPath.Step], from next: Int, _ permitting: Bool,
        _ trial: inout Trial
    ) -> Truth {
        if elements.isEmpty { return noted(.missing, .no, permitting, &trial) }
        var result = Truth.yes
        for element in elements {
            guard trial.budget.visit() else { return noted(.tooMuch, .unknown, permitting, &trial) }
            switch walk(steps, from: next, at: element, permitting, &trial) {
            case .yes: break
            case .unknown: result = .unknown
            case .no: return .no
            }
        }
        return result
    }

    /// True of one element at least.
    private func some(
        _ elements: [JSON], _ steps: [ArgumentPath.Step], from next: Int, _ permitting: Bool,
        _ trial: inout Trial
    ) -> Truth {
        if elements.isEmpty { return noted(.missing, .no, permitting, &trial) }
        var result = Truth.no
        for element in elements {
            guard trial.budget.visit() else { return noted(.tooMuch, .unknown, permitting, &trial) }
            switch walk(steps, from: next, at: element, permitting, &trial) {
            case .yes: return .yes
            case .unknown: result = .unknown
            case .no: break
            }
        }
        return result
    }

    /// A value at the end of the path.
    private func judge(_ value: JSON, _ permitting: Bool, _ trial: inout Trial) -> Truth {
        var truth = comparison.judge(value, &trial.budget)
        if truth == .unknown && onMissing == .deny { truth = Truth(!permitting) }
        if trial.isTracing { note(.value(value), truth, permitting, &trial) }
        return truth
    }

    /// No value at the end of the path.
    private func judge(
        absent reached: ReachedValue, _ permitting: Bool, _ trial: inout Trial
    ) -> Truth {
        var truth = Truth.unknown
        if case .given(let isGiven) = comparison {
            truth = Truth(!isGiven)
        } else if case .missing = reached, onMissing == .allow {
            truth = Truth(permitting)
        } else if onMissing == .deny {
            truth = Truth(!permitting)
        }
        return noted(reached, truth, permitting, &trial)
    }

    private func noted(
        _ reached: ReachedValue, _ truth: Truth, _ permitting: Bool, _ trial: inout Trial
    ) -> Truth {
        if trial.isTracing { note(reached, truth, permitting, &trial) }
        return truth
    }

    /// Keeps the first value that stood in the call's way: somebody will ask for it.
    private func note(
        _ reached: ReachedValue, _ truth: Truth, _ permitting: Bool, _ trial: inout Trial
    ) {
        if trial.obstacle == nil, truth != Truth(permitting) { trial.obstacle = reached }
    }
}

extension CompiledTest.Counter {
    func key(for call: PolicyCall) -> CounterKey {
        CounterKey(name, scope: scope, owner: call.owner(in: scope), window: window)
    }
}

extension PolicyCall {
    /// Whose calls are counted together with this one.
    func owner(in scope: CounterScope) -> String {
        switch scope {
        case .server: ""
        case .grant: grant
        case .session: session
        case .client: client
        }
    }
}
