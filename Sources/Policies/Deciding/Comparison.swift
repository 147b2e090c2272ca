// An operator with what it wants, prepared once when the policy is loaded.

internal import Notation

enum Comparison: Sendable {
    enum Order: Sendable { case less, atMost, more, atLeast }

    case equal(WantedValue, isNegated: Bool)
    case among([WantedValue], isNegated: Bool)
    case ordered(Order, WantedValue)
    case pattern(Pattern)
    case containing(WantedValue, Needle?)
    case given(Bool)
    case same(JSON)
    case prefix(String), suffix(String)
    case glob(GlobText)
    case directory(DirectoryPath)
    case hosts(HostList)
    case network(IPNetwork)
    case kind(JSONKind)
    /// What it wants makes no sense: it can't be evaluated.
    case never

    init(_ operation: Condition.Operation, in dialect: Policy.Dialect) {
        func wanted(_ value: JSON) -> WantedValue { WantedValue(value, in: dialect) }
        func ordered(_ order: Order, _ value: JSON) -> Comparison {
            let wanted = wanted(value)
            return wanted.number == nil ? .never : .ordered(order, wanted)
        }
        switch operation {
        case .eq(let value): self = .equal(wanted(value), isNegated: false)
        case .neq(let value): self = .equal(wanted(value), isNegated: true)
        case .isIn(let values): self = .among(values.map(wanted), isNegated: false)
        case .notIn(let values): self = .among(values.map(wanted), isNegated: true)
        case .lt(let value): self = ordered(.less, value)
        case .lte(let value): self = ordered(.atMost, value)
        case .gt(let value): self = ordered(.more, value)
        case .gte(let value): self = ordered(.atLeast, value)
        case .regex(let pattern): self = .pattern(pattern)
        case .contains(let value):
            self = .containing(wanted(value), value.asString.map(Needle.init))
        case .exists(let isGiven): self = .given(isGiven)
        case .same(let value): self = .same(value)
        case .prefix(let text): self = .prefix(text)
        case .suffix(let text): self = .suffix(text)
        case .glob(let text): self = .glob(GlobText(text))
        case .pathWithin(let text): self = DirectoryPath(text).map(Comparison.directory) ?? .never
        case .hostIn(let hosts): self = .hosts(HostList(hosts))
        case .cidr(let text): self = IPNetwork(text).map(Comparison.network) ?? .never
        case .type(let word): self = JSONKind(rawValue: word).map(Comparison.kind) ?? .never
        }
    }

    /// Whether a value that is there passes. Lists are searched as far as the budget goes.
    func judge(_ actual: JSON, _ budget: inout VisitBudget) -> Truth {
        switch self {
        case .equal(let wanted, let isNegated): return Truth(wanted.equals(actual) != isNegated)
        case .among(let wanted, let isNegated):
            return Truth(wanted.contains { $0.equals(actual) } != isNegated)
        case .ordered(let order, let wanted): return Self.judge(actual, order, wanted)
        case .containing(let wanted, let needle):
            return Self.judge(actual, contains: wanted, needle, &budget)
        case .given(let isGiven): return Truth((actual != .null) == isGiven)
        case .same(let wanted): return Truth(actual.hasSameValue(as: wanted))
        case .kind(let kind): return Truth(kind.includes(actual))
        case .never: return .unknown
        default:
            guard case .string(let text) = actual else { return .unknown }
            return judge(text, &budget)
        }
    }

    /// The operators that want text.
    private func judge(_ text: String, _ budget: inout VisitBudget) -> Truth {
        switch self {
        case .pattern(let pattern): return Truth(pattern.occurs(in: text))
        case .prefix(let prefix): return Truth(text.utf8.starts(with: prefix.utf8))
        case .suffix(let suffix):
            return Truth(
                suffix.utf8.count <= text.utf8.count
                    && text.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8))
        case .glob(let glob):
            guard let matches = glob.matches(text) else {
                budget.exhaust()
                return .unknown
            }
            return Truth(matches)
        case .directory(let directory): return directory.contains(text)
        case .hosts(let hosts): return hosts.contains(text)
        case .network(let network): return network.contains(text)
        default: return .unknown
        }
    }

    private static func judge(_ actual: JSON, _ order: Order, _ wanted: WantedValue) -> Truth {
        if case .integer(let actual) = actual, case .integer(let wanted) = wanted.value {
            return Truth(order.holds(actual, wanted))
        }
        guard let actual = DecimalNumber(actual), let wanted = wanted.number
        else { return .unknown }
        return Truth(order.holds(actual, wanted))
    }

    private static func judge(
        _ actual: JSON, contains wanted: WantedValue, _ needle: Needle?,
        _ budget: inout VisitBudget
    ) -> Truth {
        switch actual {
        case .string(let text):
            guard let needle else { return .unknown }
            return Truth(needle.occurs(in: text))
        case .array(let elements):
            for element in elements {
                guard budget.visit() else { return .unknown }
                if wanted.equals(element) { return .yes }
            }
            return .no
        default: return .unknown
        }
    }
}

extension Comparison.Order {
    func holds<Number: Comparable>(_ left: Number, _ right: Number) -> Bool {
        switch self {
        case .less: left < right
        case .atMost: left <= right
        case .more: left > right
        case .atLeast: left >= right
        }
    }
}
