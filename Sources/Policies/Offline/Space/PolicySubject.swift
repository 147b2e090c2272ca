internal import Notation

/// A tool together with all that some policies say about it.
struct PolicySubject {
    let tool: String
    let shape: ToolShape?
    /// The rules that may concern a call of the tool, whatever its category.
    let sources: [(rule: Rule, dialect: Policy.Dialect)]
    let space: CallSpace
    /// Arguments that the tool requires. Where nobody knows and a rule asks, there is one.
    private let required: [String]

    init(tool: String, shape: ToolShape?, policies: [CompiledPolicy]) {
        self.tool = tool
        self.shape = shape
        var sources: [(Rule, Policy.Dialect)] = []
        var mentioned: Set<Category> = []
        for policy in policies {
            var seen: Set<Int> = []
            for category in Category.allCases {
                let call = PolicyCall(
                    tool: tool, handler: shape?.handler, arguments: [:], category: category)
                var walk = RuleWalk(call, in: policy)
                while let section = walk.next(for: call, in: policy) {
                    guard seen.insert(section).inserted else { continue }
                    let rules = policy.rules[policy.sections[section].rules]
                    sources += rules.map { ($0.written, policy.policy.dialect) }
                }
            }
            mentioned.formUnion(policy.byCategory.keys)
        }
        self.sources = sources
        required = shape?.required ?? ["required"]
        space = CallSpace(
            of: sources, shape: shape, required: required,
            categories: Self.categories(mentioned, shape))
    }

    /// Those the policies tell apart, and one for all others.
    private static func categories(
        _ mentioned: Set<Category>, _ shape: ToolShape?
    ) -> [Category] {
        let possible =
            shape.map(\.categories).flatMap { $0.isEmpty ? nil : $0 }
            ?? Category.allCases
        let other = possible.contains(.execute) ? Category.execute : possible.first ?? .execute
        let rest = mentioned.contains(other) ? possible.first { !mentioned.contains($0) } : other
        return possible.filter { mentioned.contains($0) || $0 == rest }
    }

    func call(at point: CallSpace.Point) -> PolicyCall {
        PolicyCall(
            tool: tool, handler: shape?.handler, arguments: point.arguments,
            category: point.category, required: required)
    }

    /// The counters of a point, as a policy asks for them.
    func snapshot(
        at point: CallSpace.Point, for call: PolicyCall, in policy: CompiledPolicy
    ) -> CounterSnapshot {
        let keys = policy.countersRead(by: call)
        return CounterSnapshot(keys: keys, values: keys.map { point.counters[$0.name] ?? 0 })
    }
}
