// policy.json's `require` and `deny_if`: lists of groups of conditions.

internal import Notation

extension PolicyReader {
    /// The rules of a `require` or `deny_if` list.
    mutating func groups(
        _ node: YAMLNode?, denies: Bool, _ context: SectionContext
    ) -> [Rule] {
        var rules: [Rule] = []
        for (index, element) in elements(node).enumerated() {
            guard let fields = fields(element, .group) else { continue }
            let conditionContext = ConditionContext(
                section: context, onMissing: missing(fields["on_missing"]))
            let tests = conditions(fields["conditions"], conditionContext)
            let list = context.pointer / (denies ? "deny_if" : "require")
            let name = list / (denies ? Self.title(of: tests) ?? "\(index)" : "\(index)")
            var rule = Rule(name: name, at: mark(element))
            rule.refusal = told(fields["on_deny"])
            let isBare = fields["conditions"]?.elements?.isEmpty != false
            if denies {
                // Without conditions it always denies: the tool is seen but blocked.
                rule.demand = .refusal
                rule.when = isBare ? nil : .all(tests)
                warnOfOpenings(tests)
            } else {
                if isBare { refuseMissing("conditions", in: fields, fix: "or remove the group") }
                rule.demand = .require(.all(tests))
            }
            rules.append(rule)
        }
        return rules
    }

    /// `args.amount-gt`, of the first test.
    private static func title(of conditions: [Condition]) -> String? {
        guard case .test(let test)? = conditions.first else { return nil }
        return "\(test.path.written)-\(test.operation.keyword)"
    }

    // MARK: What fails open

    /// Warns of tests that a missing argument keeps from denying: its absence makes them false,
    /// and what is not true does not deny.
    mutating func warnOfOpenings(_ conditions: [Condition]) {
        var watched: Set<Condition.Path> = []
        for condition in conditions { Self.noteExistence(condition, in: &watched) }
        for condition in conditions { warnOfOpenings(condition, watched, isNegated: false) }
    }

    private static func noteExistence(_ condition: Condition, in paths: inout Set<Condition.Path>) {
        switch condition {
        case .all(let parts), .any(let parts):
            for part in parts { noteExistence(part, in: &paths) }
        case .not(let part): noteExistence(part, in: &paths)
        case .test(let test):
            if case .exists = test.operation { paths.insert(test.path) }
        }
    }

    private mutating func warnOfOpenings(
        _ condition: Condition, _ watched: Set<Condition.Path>, isNegated: Bool
    ) {
        switch condition {
        case .all(let parts), .any(let parts):
            for part in parts { warnOfOpenings(part, watched, isNegated: isNegated) }
        case .not(let part): warnOfOpenings(part, watched, isNegated: !isNegated)
        case .test(let test):
            guard case .argument(let path) = test.path, test.onMissing == nil,
                isNegated || test.operation.meansAbsenceToo, !watched.contains(test.path)
            else { return }
            let place = YAMLPosition(line: test.mark.line, column: test.mark.column)
            log.warn(
                .value(place), "a call without \(path) is not denied",
                fix: "add `on_missing: deny`, or a test with exists")
        }
    }
}

extension Condition.Path {
    /// As the policy writes it.
    fileprivate var written: String {
        switch self {
        case .argument(let path): path.description
        case .state(let counter): "state.\(counter)"
        case .time: description
        }
    }
}

extension Condition.Operation {
    /// Whether who writes it to deny something thinks of a missing argument as denied, too.
    fileprivate var meansAbsenceToo: Bool {
        switch self {
        case .neq, .notIn, .lt, .lte, .gt, .gte: true
        default: false
        }
    }
}
