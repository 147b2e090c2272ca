/// A rule with its conditions as numbers in the policy's `ConditionTree`.
final class CompiledRule: Sendable {
    enum Demand: Sendable {
        case nothing, requiredArguments, refusal
        case condition(Int)
        case approval(Approval)
    }

    let written: Rule
    let when: Int?
    let demand: Demand
    let limit: Limit?
    let isObserved: Bool
    /// Whether it has a say in the walls: a profile, or lower limits.
    let confines: Bool
    /// Counters that the conditions ask.
    let counters: [CompiledTest.Counter]

    init(_ written: Rule, when: Int?, demand: Demand, counters: [CompiledTest.Counter]) {
        self.written = written
        self.when = when
        self.demand = demand
        self.counters = counters
        limit = written.limit
        isObserved = written.isObserved
        confines = !written.isObserved && (written.profile != nil || written.limits != nil)
    }
}
