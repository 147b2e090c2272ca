// A rule: when it applies, what it demands, what it costs, and what it does to the walls.

/// One rule. All rules of a call must be satisfied; the first that is not says why.
package struct Rule: Sendable {
    /// As written, or made up from the tool and the rule's index: `pip-install#0`.
    package var name: String
    package var mark: SourceMark
    /// The rule concerns only calls for which this holds; nil: every call.
    package var when: Condition?
    package var demand: Demand
    /// What the caller is told; nil: a sentence made from the rule.
    package var refusal: String?
    package var limit: Limit?
    /// The profile calls under this rule get; nil: the tool's own.
    package var profile: String?
    /// Limits the call gets when they are lower than what it has.
    package var limits: TightenedLimits?
    /// Only recorded, never enforced.
    package var isObserved = false

    package enum Demand: Sendable {
        /// Nothing: the rule is there for its limit, its profile, or to list the tool.
        case nothing
        /// Every `required` argument of the tool's schema is there and not null, and all fit it.
        case requiredArguments
        case require(Condition)
        /// Always denies.
        case refusal
        /// A person must agree.
        case approval(Approval)
    }

    package init(name: String, at mark: SourceMark, demand: Demand = .nothing) {
        self.name = name
        self.mark = mark
        self.demand = demand
    }
}

/// How a person is asked.
package struct Approval: Hashable, Sendable {
    /// How long an answer is waited for, in milliseconds.
    package var timeoutMilliseconds: Int64 = 120_000

    package init() {}
}

/// A bound on how much may happen in a window of time.
package struct Limit: Sendable {
    /// What is counted together: the section's name and the counter's own.
    package var counter: CounterName
    package var window: CounterWindow
    /// Inclusive: the sum may reach it.
    package var most: Int64
    package var cost: Cost
    package var scope: CounterScope
    /// Given back when the call fails, or kept.
    package var charge: Charge

    package enum Cost: Sendable {
        case fixed(Int64)
        /// A number among the arguments; its absence denies. Fractions count as the next integer.
        case argument(ArgumentPath)
    }

    package enum Charge: String, Hashable, Sendable {
        /// Kept whatever comes out, unless the call never ran.
        case attempt
        /// Given back when the outcome is not ok.
        case success
    }

    package init(
        _ counter: CounterName, per window: CounterWindow, most: Int64, cost: Cost = .fixed(1),
        scope: CounterScope, charge: Charge = .attempt
    ) {
        self.counter = counter
        self.window = window
        self.most = most
        self.cost = cost
        self.scope = scope
        self.charge = charge
    }
}

/// Limits of a profile that a rule lowers; nil: left alone. It never raises one. Scratch space is
/// not among them: it is mounted before anybody calls.
package struct TightenedLimits: Hashable, Sendable {
    package var wallMilliseconds: Int64?
    package var cpuMilliseconds: Int64?
    package var memoryBytes: Int64?
    package var outputBytes: Int64?
    package var files: Int64?
    package var processes: Int64?

    package init() {}

    package var isEmpty: Bool { self == TightenedLimits() }

    /// Each limit the lower of both.
    package func combined(with other: TightenedLimits) -> TightenedLimits {
        func lower(_ left: Int64?, _ right: Int64?) -> Int64? {
            guard let left, let right else { return left ?? right }
            return min(left, right)
        }
        var both = TightenedLimits()
        both.wallMilliseconds = lower(wallMilliseconds, other.wallMilliseconds)
        both.cpuMilliseconds = lower(cpuMilliseconds, other.cpuMilliseconds)
        both.memoryBytes = lower(memoryBytes, other.memoryBytes)
        both.outputBytes = lower(outputBytes, other.outputBytes)
        both.files = lower(files, other.files)
        both.processes = lower(processes, other.processes)
        return both
    }
}
