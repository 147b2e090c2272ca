// A lane: the slots of one template, as the pool counts them. Pure bookkeeping.

import Kernel
import Wire

/// Slots and template of one kind.
///
/// INVARIANT: `total` counts idle slots, slots lent out and slots being made.
struct Lane {
    enum TemplateState {
        case none
        case starting
        case ready(Template)
    }

    let name: TemplateName
    var state = TemplateState.none
    /// Slots nobody uses, the one used last at the end: its pages are warm.
    var idle: [Slot] = []
    var total = 0
    /// Those of them that sessions keep: not counted against the most there may be for runs.
    var kept = 0
    /// Calls waiting for a slot.
    var waiting = 0
    /// Slots that are being made ready again: sooner there than a new one would be.
    var returning = 0
    /// Templates that are replaced but still have slots, with how many.
    var retired: [(template: Template, slots: Int)] = []
    var forks = 0

    var forRuns: Int { total - kept }

    /// What a call that wants a slot should do next.
    enum Step {
        case take(Slot)
        case make(Template)
        case start
    }

    /// nil: wait.
    mutating func next(maximum: Int) -> Step? {
        if let parked = idle.lastIndex(where: \.isParked) { return .take(idle.remove(at: parked)) }
        if let slot = idle.popLast() { return .take(slot) }
        switch state {
        case .none:
            state = .starting
            return .start
        case .starting: return nil
        case .ready(let template):
            guard forRuns < maximum, waiting > returning else { return nil }
            total += 1
            return .make(template)
        }
    }

    func isCurrent(_ slot: Slot) -> Bool {
        if case .ready(let template) = state { return template === slot.template }
        return false
    }

    /// Puts a new template in place. The old one stays until its slots are gone; without any it is
    /// returned, to be ended at once.
    mutating func replace(with template: Template) -> (stale: [Slot], unused: Template?) {
        var unused: Template?
        if case .ready(let old) = state {
            if total > 0 { retired.append((old, total)) } else { unused = old }
        }
        state = .ready(template)
        let stale = idle.filter { $0.template !== template }
        idle.removeAll { $0.template !== template }
        forks = 0
        return (stale, unused)
    }

    /// A slot of `template` has ended; returns the template when that was its last.
    mutating func forget(_ template: Template) -> Template? {
        total -= 1
        guard let index = retired.firstIndex(where: { $0.template === template }) else {
            return nil
        }
        retired[index].slots -= 1
        return retired[index].slots == 0 ? retired.remove(at: index).template : nil
    }
}
