// The work of `PolicyDiff`: judging the same calls under both policies.

internal import Notation

struct PolicyComparison {
    let before: CompiledPolicy
    let after: CompiledPolicy
    var diff = PolicyDiff()
    /// Calls that reserve something under either policy.
    var reserving: [ReservingCall] = []
    private(set) var isStricter = false
    private(set) var isLooser = false
    private var shown: Set<String> = []

    init(_ before: Policy, _ after: Policy) {
        self.before = CompiledPolicy(before)
        self.after = CompiledPolicy(after)
    }

    mutating func compare(_ tool: String, _ shape: ToolShape?) {
        let subject = PolicySubject(tool: tool, shape: shape, policies: [before, after])
        if !subject.space.isExhaustive { diff.isExhaustive = false }
        for point in subject.space.points {
            let call = subject.call(at: point)
            let old = before.decide(
                call, counters: subject.snapshot(at: point, for: call, in: before),
                at: point.now)
            let new = after.decide(
                call, counters: subject.snapshot(at: point, for: call, in: after),
                at: point.now)
            diff.calls += 1
            compare(old, new, call, point)
            if !old.reservations.isEmpty || !new.reservations.isEmpty {
                reserving.append(ReservingCall(call: call, before: old, after: new))
            }
        }
        noteVisibility(of: tool, shape?.handler)
    }

    private mutating func compare(
        _ old: Verdict, _ new: Verdict, _ call: PolicyCall, _ point: CallSpace.Point
    ) {
        guard let change = Self.change(from: old, to: new) else { return }
        var witness = PolicyWitness(
            change: change, tool: call.tool, arguments: call.arguments, category: call.category,
            before: PolicyWitness.Side(old), after: PolicyWitness.Side(new))
        if point.now != PolicyEvaluation.start { witness.at = point.now }
        for (name, value) in point.counters { witness.counters[name.description] = value }
        add(witness)
    }

    /// nil: the same, as far as one call shows it.
    private static func change(
        from old: Verdict, to new: Verdict
    ) -> PolicyWitness.Change? {
        if old.decision.freedom != new.decision.freedom {
            return old.decision.freedom > new.decision.freedom ? .stricter : .looser
        }
        guard old.decision.freedom > 0 else { return nil }
        if old.profile != new.profile || old.approval != new.approval { return .different }
        let (was, is_) = (old.limits ?? TightenedLimits(), new.limits ?? TightenedLimits())
        switch (is_.isAtMost(was), was.isAtMost(is_)) {
        case (true, true): return nil
        case (true, false): return .stricter
        case (false, true): return .looser
        case (false, false): return .different
        }
    }

    /// Keeps a witness, one for each tool and direction, and what it proves.
    mutating func add(_ witness: PolicyWitness) {
        note(witness.change)
        let isNew = shown.insert("\(witness.change) \(witness.tool)").inserted
        guard isNew, diff.witnesses.count < PolicyDiff.maxWitnesses else { return }
        diff.witnesses.append(witness)
    }

    mutating func note(_ change: PolicyWitness.Change) {
        if change != .looser { isStricter = true }
        if change != .stricter { isLooser = true }
    }

    func hasShown(_ change: PolicyWitness.Change, of tool: String) -> Bool {
        shown.contains("\(change) \(tool)")
    }

    /// Whether something goes that way, whatever shows it.
    func has(_ change: PolicyWitness.Change) -> Bool {
        change == .looser ? isLooser : isStricter
    }

    /// Hidden and denied come to the same for a call, not for whoever reads the list of tools.
    private mutating func noteVisibility(of tool: String, _ handler: String?) {
        let was = before.isHidden(tool, handler: handler)
        guard was != after.isHidden(tool, handler: handler), diff.notes.count < 64 else { return }
        diff.notes.append("'\(tool)' is \(was ? "no longer hidden" : "hidden now")")
    }

    var finished: PolicyDiff {
        var diff = diff
        diff.relation =
            switch (isStricter, isLooser) {
            case (false, false): .equivalent
            case (true, false): .stricter
            case (false, true): .looser
            case (true, true): .different
            }
        return diff
    }
}

/// A call that counts under one of two policies.
struct ReservingCall {
    let call: PolicyCall
    let before: Verdict
    let after: Verdict
}

extension Verdict.Decision {
    /// How much the call may: nothing, after a person agreed, all.
    var freedom: Int {
        switch self {
        case .hidden, .deny: 0
        case .requireApproval: 1
        case .allow: 2
        }
    }
}
