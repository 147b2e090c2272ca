// What `decide` runs on: the policy turned into tables, once, when it is loaded.
//
// INVARIANT: nothing here changes after `init`, so one value serves every thread, and a reload is
// the swap of one reference for another.
// INVARIANT: the work for a call depends on the rules that concern it, on the number of globs when
// no section names the tool, and never on how many tools the policy names.

internal import Notation

/// A policy, ready to decide.
package struct CompiledPolicy: Sendable {
    /// Longest name of a tool, in bytes. A longer one is denied whatever the policy says.
    package static let maxToolNameBytes = 1_024

    package let policy: Policy
    let sections: [CompiledSection]
    let rules: [CompiledRule]
    let tree: ConditionTree
    /// The names of the policy, and what it says about each.
    let names: NameTable
    let plans: [ToolPlan]
    let hidesAll: Bool
    /// Sections by what they aim at. Globs: longest first, then in file order.
    let globs: [Int]
    let byCategory: [Category: [Int]]
    let everyTool: [Int]
    let readsCounters: Bool

    package init(_ policy: Policy) {
        let compiler = PolicyCompiler(policy)
        self.policy = policy
        sections = compiler.sections
        rules = compiler.rules
        tree = compiler.tree
        names = compiler.names
        plans = compiler.plans
        hidesAll = compiler.hidesAll
        globs = compiler.globs
        byCategory = compiler.byCategory
        everyTool = compiler.everyTool
        readsCounters = compiler.rules.contains { !$0.counters.isEmpty }
    }

    /// Whether `tools/list` leaves the tool out. `handler`: the tool it is another name of.
    package func isHidden(_ tool: String, handler: String? = nil) -> Bool {
        guard policy.mode == .enforce else { return false }
        return hides(tool) || handler.map(hides) == true
    }

    /// Counters that deciding this call may read; empty for almost every policy.
    package func countersRead(by call: PolicyCall) -> [CounterKey] {
        guard readsCounters else { return [] }
        var keys: [CounterKey] = []
        var seen: Set<CounterKey> = []
        var walk = RuleWalk(call, in: self)
        while let section = walk.next(for: call, in: self) {
            for rule in rules[sections[section].rules] {
                for key in rule.counters.map({ $0.key(for: call) }) {
                    if seen.insert(key).inserted { keys.append(key) }
                }
            }
        }
        return keys
    }

    func plan(of tool: String) -> Int? {
        tool.utf8.count <= Self.maxToolNameBytes ? names.number(of: tool) : nil
    }

    private func hides(_ tool: String) -> Bool {
        hidesAll || plan(of: tool).map { plans[$0].isHidden } == true
    }
}
