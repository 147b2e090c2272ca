// What is odd about a policy that loads: rules that do nothing, rules that deny everything, limits
// that never bind, names that nobody has or that are not what they look like. Each finding is a
// warning with a place and a fix.
//
// INVARIANT: "never" and "always" are said only when the calls tried stand for all calls. Where a
// pattern or a limit makes them a sample, nothing is said.

internal import Notation

/// The warnings of one policy.
package struct PolicyCheck: Sendable {
    /// Warnings of one policy; the rest is not told.
    package static let maxWarnings = 1_000

    let policy: Policy
    let compiled: CompiledPolicy
    /// Every tool there is; empty: nobody knows.
    let tools: [ToolShape]
    var warnings: [PolicyProblem] = []
    /// What each rule does, by section and place.
    private(set) var effects: [[RuleEffect]] = []

    /// In the order of the file. `tools`: the catalogue the policy is for; empty: unknown.
    package static func warnings(
        for policy: Policy, tools: [ToolShape] = []
    ) -> [PolicyProblem] {
        var check = PolicyCheck(policy, tools)
        check.checkRules()
        check.checkReach()
        check.checkContradictions()
        check.checkLimits()
        check.checkCounters()
        check.checkNames()
        check.checkLetters()
        return Array(
            check.warnings.sorted {
                ($0.mark.line, $0.mark.column) < ($1.mark.line, $1.mark.column)
            }.prefix(maxWarnings))
    }

    private init(_ policy: Policy, _ tools: [ToolShape]) {
        self.policy = policy
        self.tools = tools
        compiled = CompiledPolicy(policy)
        effects = policy.sections.map { section in
            let shape = Self.shape(of: section, among: tools)
            return section.rules.map {
                RuleEffect(of: $0, in: policy.dialect, shape: shape)
            }
        }
    }

    static func shape(of section: Section, among tools: [ToolShape]) -> ToolShape? {
        guard case .tool(let name) = section.target else { return nil }
        return tools.first { $0.name.hasSameBytes(as: name) }
    }

    mutating func warn(
        at mark: SourceMark, key: String, _ message: String, fix: String? = nil
    ) {
        warnings.append(PolicyProblem(.warning, at: mark, key: key, message, fix: fix))
    }

    /// The key of a rule in the file.
    func key(of section: Section, rule: Int) -> String {
        policy.dialect == .json
            ? section.key(in: .json) : "\(section.key(in: policy.dialect)).rules[\(rule)]"
    }

    /// Calls `body` with every rule, its section and its place.
    func eachRule(_ body: (Section, Int, Rule, RuleEffect) -> Void) {
        for (place, section) in policy.sections.enumerated() {
            for (index, rule) in section.rules.enumerated() {
                body(section, index, rule, effects[place][index])
            }
        }
    }
}

extension Section {
    /// The section's key in a file.
    package func key(in dialect: Policy.Dialect) -> String {
        switch target {
        case .tool(let name), .glob(let name): "tools.\(name)"
        case .category(let category): "categories.\(category.rawValue.lowercased())"
        case .everyTool: dialect == .json ? "all_tools" : "tools.*"
        }
    }

    /// What the section is about, for a sentence.
    package var subject: String {
        switch target {
        case .tool(let name): "'\(name)'"
        case .glob(let name): "tools named '\(name)'"
        case .category(let category): "\(category.rawValue) calls"
        case .everyTool: "every tool"
        }
    }
}
