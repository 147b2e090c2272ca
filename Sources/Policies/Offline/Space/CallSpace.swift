// The calls of one tool that between them show all that some rules can do.
//
// Rules see a call only through their tests. Each argument is cut into the cells that the tests
// tell apart, one value stands for each cell, and the calls are all combinations. When a limit is
// met, or a pattern can't be read, the calls are a sample, and `isExhaustive` is false.

internal import Notation

struct CallSpace {
    /// Calls of one tool; beyond that a sample of as many.
    static let maxCalls = 10_000

    struct Point {
        var arguments: JSONObject
        var category: Category
        /// What the counters said before the call.
        var counters: [CounterName: Int64]
        /// When the call is made: as evaluations begin, where no rule asks.
        var now: Instant
    }

    let points: [Point]
    let isExhaustive: Bool

    /// `sources`: the rules and the dialect each is read in. `categories`: those the call may
    /// have. A shape keeps out what its schema would refuse before any policy is asked; but where
    /// a rule asks for required arguments, their absence is tried, too.
    init(
        of sources: [(rule: Rule, dialect: Policy.Dialect)], shape: ToolShape?,
        required: [String] = [], categories: [Category]
    ) {
        var tests: [RelativeTest] = []
        var counters: [CounterName: [JSON]] = [:]
        var clock: [ClockTest] = []
        var asksForRequired = false
        for (rule, dialect) in sources {
            for test in rule.tests {
                switch test.path {
                case .argument(let path):
                    tests.append(RelativeTest(test, dialect, rest: path.steps))
                case .state(let name): counters[name, default: []] += test.operation.constants
                case .time(let field):
                    clock.append((field, RelativeTest(test, dialect, rest: [])))
                }
            }
            if let amount = Self.amountTests(of: rule, dialect) { tests += amount }
            if case .requiredArguments = rule.demand {
                tests += required.map { Self.presence(of: $0, rule, dialect) }
                asksForRequired = true
            }
        }
        let arguments = Self.arguments(of: tests, shape, mayMiss: asksForRequired)
        let states = Self.states(of: counters)
        let times = Self.times(of: clock)
        var points: [Point] = []
        var isWhole = arguments.isExhaustive && states.isExhaustive
        search: for object in arguments.objects {
            for state in states.values {
                for (category, now) in categories.flatMap({ one in times.map { (one, $0) } }) {
                    guard points.count < Self.maxCalls else {
                        isWhole = false
                        break search
                    }
                    points.append(
                        Point(arguments: object, category: category, counters: state, now: now))
                }
            }
        }
        self.points = points
        isExhaustive = isWhole
    }

    /// Top-level arguments: every combination of their values, and of their absence.
    private static func arguments(
        of tests: [RelativeTest], _ shape: ToolShape?, mayMiss: Bool
    ) -> (objects: [JSONObject], isExhaustive: Bool) {
        var isExhaustive = true
        var members: [(key: String, values: [JSON?])] = []
        var keys: [String] = []
        for test in tests {
            guard case .key(let key)? = test.rest.first else {
                isExhaustive = false
                continue
            }
            if !keys.contains(where: { $0.hasSameBytes(as: key) }) { keys.append(key) }
        }
        for key in keys {
            let inside = tests.filter { $0.rest.first == .key(key) }.map(\.advanced)
            let values = Representatives(for: inside)
            if !values.isExhaustive { isExhaustive = false }
            var fitting: [JSON?] = values.values.filter { shape?.admits($0, as: key) ?? true }
            if mayMiss || shape?.required.contains(key) != true || fitting.isEmpty {
                fitting.insert(nil, at: 0)
            }
            members.append((key, fitting))
        }
        let product = ObjectProduct(of: members, most: maxCalls)
        return (product.objects, isExhaustive && product.isExhaustive)
    }

    private static func states(
        of counters: [CounterName: [JSON]]
    ) -> (values: [[CounterName: Int64]], isExhaustive: Bool) {
        var states: [[CounterName: Int64]] = [[:]]
        var isExhaustive = true
        for (name, bounds) in counters.sorted(by: { "\($0.key)" < "\($1.key)" }) {
            let counts = NumberCells.counts(around: bounds)
            if !counts.isExhaustive { isExhaustive = false }
            guard states.count * counts.values.count <= maxCalls else {
                return (states, false)
            }
            states = states.flatMap { state in
                counts.values.map { value in state.merging([name: value]) { $1 } }
            }
        }
        return (states, isExhaustive)
    }

    private typealias ClockTest = (field: Condition.ClockField, test: RelativeTest)

    /// Instants that between them show all that tests of the clock can say: its parts go round
    /// independently of each other, and each has few values.
    private static func times(of tests: [ClockTest]) -> [Instant] {
        let start = PolicyEvaluation.start
        var times = [start]
        for field in Condition.ClockField.allCases {
            let asking = tests.filter { $0.field == field }.map(\.test)
            let usual = field.value(at: start)
            var seen: Set<RelativeTest.Signature> = []
            let values = ([usual] + field.range).filter {
                seen.insert(RelativeTest.signature(of: .integer($0), under: asking)).inserted
            }
            times = times.flatMap { time in
                values.map { value in
                    let seconds = (value - usual) * field.seconds
                    return Instant(nanoseconds: time.nanoseconds + seconds * 1_000_000_000)
                }
            }
        }
        return times
    }

    /// Bounds that tell apart what an amount among the arguments can do to a limit.
    private static func amountTests(
        of rule: Rule, _ dialect: Policy.Dialect
    ) -> [RelativeTest]? {
        guard let limit = rule.limit, case .argument(let path) = limit.cost else { return nil }
        let bounds: [Condition.Operation] = [
            .gte(0), .gte(1), .lte(.integer(limit.most)), .lte(.integer(.max)),
        ]
        return bounds.map { bound in
            let test = Condition.Test(.argument(path), bound, at: rule.mark)
            return RelativeTest(test, dialect, rest: path.steps, isAmount: true)
        }
    }

    private static func presence(
        of name: String, _ rule: Rule, _ dialect: Policy.Dialect
    ) -> RelativeTest {
        let path = ArgumentPath([.key(name)], written: "args.\(name)")
        let test = Condition.Test(.argument(path), .exists(true), at: rule.mark)
        return RelativeTest(test, dialect, rest: path.steps)
    }
}
