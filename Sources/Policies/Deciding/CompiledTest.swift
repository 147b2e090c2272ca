// One test of a call: a path, walked through the arguments, and a comparison at its end.
//
// INVARIANT: recursion happens only at `[*]` and `[?]`, each of which goes one list deeper into
// the arguments, and a test sees at most `VisitBudget.most` values.

internal import Notation

/// A class, so that using one costs one reference count and not one per field.
final class CompiledTest: Sendable {
    enum Source: Sendable {
        case argument([ArgumentPath.Step])
        case counter(CounterName, CounterWindow, CounterScope)
        /// A counter that no limit of the policy feeds.
        case nothing
    }

    let source: Source
    let comparison: Comparison
    let onMissing: Condition.Missing?
    let written: Condition.Test

    init(_ written: Condition.Test, source: Source, in dialect: Policy.Dialect) {
        self.written = written
        self.source = source
        comparison = Comparison(written.operation, in: dialect)
        onMissing = written.onMissing
    }

    /// The verdict on a call. `permitting` is the value that lets the call through: `on_missing`
    /// speaks of denying and allowing, not of true and false.
    func truth(
        for call: PolicyCall, _ counters: CounterSnapshot, permitting: Bool,
        _ trial: inout Trial
    ) -> Truth {
        trial.budget.renew()
        switch source {
        case .argument(let steps):
            return walk(steps[...], from: .object(call.arguments), permitting, &trial)
        case .counter(let name, let window, let scope):
            let key = CounterKey(name, scope: scope, owner: call.owner(in: scope), window: window)
            return judge(.value(.integer(counters.value(of: key))), permitting, &trial)
        case .nothing:
            return judge(.unreachable, permitting, &trial)
        }
    }

    private func walk(
        _ steps: ArraySlice<ArgumentPath.Step>, from start: JSON, _ permitting: Bool,
        _ trial: inout Trial
    ) -> Truth {
        var value = start
        for place in steps.indices {
            switch (steps[place], value) {
            case (.key(let key), .object(let object)):
                guard let member = object[key] else { return judge(.missing, permitting, &trial) }
                value = member
            case (.index(let index), .array(let elements)):
                guard elements.indices.contains(index)
                else { return judge(.missing, permitting, &trial) }
                value = elements[index]
            case (.length, _):
                guard let count = value.length
                else { return judge(.unreachable, permitting, &trial) }
                value = count
            case (.each, .array(let elements)):
                return every(elements, steps[(place + 1)...], permitting, &trial)
            case (.some, .array(let elements)):
                return some(elements, steps[(place + 1)...], permitting, &trial)
            default:
                return judge(.unreachable, permitting, &trial)
            }
        }
        return judge(.value(value), permitting, &trial)
    }

    /// True of each element, and there is one.
    private func every(
        _ elements: [JSON], _ rest: ArraySlice<ArgumentPath.Step>, _ permitting: Bool,
        _ trial: inout Trial
    ) -> Truth {
        if elements.isEmpty { return noted(.missing, .no, permitting, &trial) }
        var result = Truth.yes
        for element in elements {
            guard trial.budget.visit() else { return noted(.tooMuch, .unknown, permitting, &trial) }
            switch walk(rest, from: element, permitting, &trial) {
            case .yes: break
            case .unknown: result = .unknown
            case .no: return .no
            }
        }
        return result
    }

    /// True of one element at least.
    private func some(
        _ elements: [JSON], _ rest: ArraySlice<ArgumentPath.Step>, _ permitting: Bool,
        _ trial: inout Trial
    ) -> Truth {
        if elements.isEmpty { return noted(.missing, .no, permitting, &trial) }
        var result = Truth.no
        for element in elements {
            guard trial.budget.visit() else { return noted(.tooMuch, .unknown, permitting, &trial) }
            switch walk(rest, from: element, permitting, &trial) {
            case .yes: return .yes
            case .unknown: result = .unknown
            case .no: break
            }
        }
        return result
    }

    private func judge(
        _ reached: ReachedValue, _ permitting: Bool, _ trial: inout Trial
    ) -> Truth {
        var truth = Truth.unknown
        if case .given(let isGiven) = comparison {
            if case .value(let value) = reached {
                truth = comparison.judge(value, &trial.budget)
            } else {
                truth = Truth(!isGiven)
            }
        } else if case .value(let value) = reached {
            truth = comparison.judge(value, &trial.budget)
        } else if case .missing = reached, onMissing == .allow {
            truth = Truth(permitting)
        }
        if truth == .unknown && onMissing == .deny { truth = Truth(!permitting) }
        return noted(reached, truth, permitting, &trial)
    }

    /// Keeps the first value that stood in the call's way, when somebody will ask for it.
    @inline(__always)
    private func noted(
        _ reached: ReachedValue, _ truth: Truth, _ permitting: Bool, _ trial: inout Trial
    ) -> Truth {
        if trial.isTracing, trial.obstacle == nil, truth != Truth(permitting) {
            trial.obstacle = reached
        }
        return truth
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
