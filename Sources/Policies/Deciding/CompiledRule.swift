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
    /// Counters that the conditions ask.
    let counters: [CompiledTest]

    init(_ written: Rule, when: Int?, demand: Demand, counters: [CompiledTest]) {
        self.written = written
        self.when = when
        self.demand = demand
        self.counters = counters
        limit = written.limit
    }
}
