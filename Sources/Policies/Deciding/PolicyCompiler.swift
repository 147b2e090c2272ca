// From a policy as written to the tables that decide.

struct PolicyCompiler {
    private(set) var sections: [CompiledSection] = []
    private(set) var rules: [CompiledRule] = []
    private(set) var tree = ConditionTree()
    private(set) var names = NameTable()
    private(set) var plans: [ToolPlan] = []
    private(set) var hidesAll = false
    private(set) var globs: [Int] = []
    private(set) var byCategory: [Category: [Int]] = [:]
    private(set) var everyTool: [Int] = []
    private let dialect: Policy.Dialect
    /// The first limit that feeds each counter: what conditions on counters ask.
    private var limits: [CounterName: Limit] = [:]

    init(_ policy: Policy) {
        dialect = policy.dialect
        for rule in policy.sections.lazy.flatMap(\.rules) {
            guard let limit = rule.limit, limits[limit.counter] == nil else { continue }
            limits[limit.counter] = limit
        }
        for section in policy.sections { add(section) }
        for hidden in policy.hidden { hide(hidden.tool) }
        sortGlobs()
    }

    private mutating func add(_ section: Section) {
        let first = rules.count
        for rule in section.rules { rules.append(compiled(rule)) }
        let number = sections.count
        var glob: GlobText?
        switch section.target {
        case .tool(let name): plans[plan(of: name)].exact.append(number)
        case .glob(let text):
            glob = GlobText(text)
            globs.append(number)
        case .category(let category): byCategory[category, default: []].append(number)
        case .everyTool: everyTool.append(number)
        }
        sections.append(
            CompiledSection(target: section.target, rules: first..<rules.count, glob: glob))
    }

    private mutating func hide(_ tool: String) {
        if tool == "*" { hidesAll = true }
        plans[plan(of: tool)].isHidden = true
    }

    /// The number of a tool's plan, made when it is new.
    private mutating func plan(of tool: String) -> Int {
        let number = names.number(of: tool, orElse: plans.count)
        if number == plans.count { plans.append(ToolPlan(name: tool)) }
        return number
    }

    /// Puts the longest glob first and tells every named tool which ones cover it.
    private mutating func sortGlobs() {
        func length(_ section: Int) -> Int { sections[section].glob?.written.utf8.count ?? 0 }
        globs.sort { (-length($0), $0) < (-length($1), $1) }
        guard !globs.isEmpty else { return }
        for place in plans.indices {
            let name = plans[place].name
            plans[place].globs = globs.filter { sections[$0].covers(name) }
        }
    }

    private mutating func compiled(_ rule: Rule) -> CompiledRule {
        let firstTest = tree.tests.count
        let when = rule.when.map { add($0) }
        let demand: CompiledRule.Demand =
            switch rule.demand {
            case .nothing: .nothing
            case .requiredArguments: .requiredArguments
            case .require(let condition): .condition(add(condition))
            case .refusal: .refusal
            case .approval(let approval): .approval(approval)
            }
        let counters = tree.tests[firstTest...].compactMap(\.counter)
        return CompiledRule(rule, when: when, demand: demand, counters: counters)
    }

    private mutating func add(_ condition: Condition) -> Int {
        let (limits, dialect) = (limits, dialect)
        return tree.add(condition) { test in
            guard case .state(let name) = test.path, let limit = limits[name]
            else { return CompiledTest(test, counter: nil, in: dialect) }
            let counter = CompiledTest.Counter(
                name: name, window: limit.window, scope: limit.scope)
            return CompiledTest(test, counter: counter, in: dialect)
        }
    }
}
