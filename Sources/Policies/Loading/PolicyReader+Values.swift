// What operators compare with. Values keep their JSON form; Intercept compares printed forms, and
// three things that YAML can write have none: dates, infinities and NaN.

internal import Notation

extension PolicyReader {
    /// An operator with its value; nil when that was noted as wrong.
    mutating func operation(_ op: OperatorName, _ value: YAMLNode) -> Condition.Operation? {
        switch op {
        case .eq: comparable(value).map { $0.map(Condition.Operation.eq) ?? .isIn([]) }
        case .neq: comparable(value).map { $0.map(Condition.Operation.neq) ?? .notIn([]) }
        case .contains: comparable(value).map { $0.map(Condition.Operation.contains) ?? .isIn([]) }
        case .in: choices(value).map(Condition.Operation.isIn)
        case .notIn: choices(value).map(Condition.Operation.notIn)
        case .lt: bound(value, Condition.Operation.lt)
        case .lte: bound(value, Condition.Operation.lte)
        case .gt: bound(value, Condition.Operation.gt)
        case .gte: bound(value, Condition.Operation.gte)
        case .regex: pattern(value).map(Condition.Operation.regex)
        case .exists: exists(value)
        default: nativeOperation(op, value)
        }
    }

    private mutating func exists(_ value: YAMLNode) -> Condition.Operation? {
        if case .bool(let wanted) = value.scalar?.value { return .exists(wanted) }
        refuse(value, "'exists' takes true or false, not \(value.kind)")
        return nil
    }

    /// Nil: noted as wrong. Nil inside: equal to nothing, as a date is for Intercept.
    private mutating func comparable(_ node: YAMLNode) -> JSON?? {
        if let text = node.scalar?.text {
            switch node.scalar?.value {
            case .timestamp where isStrict:
                warn(
                    node, "a plain date equals nothing, not even the same text",
                    fix: "quote it: \"\(text)\"")
                return .some(nil)
            case .infinity(let isNegative) where isStrict:
                return .some(.string(isNegative ? "-Inf" : "+Inf"))
            case .notANumber where isStrict: return .some(.string("NaN"))
            default: break
            }
        }
        return json(node).map { .some($0) } ?? nil
    }

    /// The value as JSON; plain dates and what is no finite number are noted.
    mutating func json(_ node: YAMLNode) -> JSON? {
        if let date = Self.firstDate(in: node) {
            let text = date.scalar?.text ?? ""
            refuseUnlessStrict(
                date, "a plain date is no text: Intercept reads it as a moment",
                fix: "quote it: \"\(text)\"")
            if !isStrict { return nil }
        }
        do throws(YAMLError) {
            return try node.json()
        } catch {
            log.refuse(.value(error.position), error.reason.description)
            return nil
        }
    }

    private static func firstDate(in node: YAMLNode) -> YAMLNode? {
        switch node.content {
        case .scalar(let scalar): scalar.value == .timestamp ? node : nil
        case .sequence(let elements): elements.lazy.compactMap(firstDate).first
        case .mapping(let entries): entries.lazy.compactMap { firstDate(in: $0.value) }.first
        }
    }

    private mutating func choices(_ node: YAMLNode) -> [JSON]? {
        guard let elements = node.elements else {
            refuse(node, "expected a list, found \(node.kind)", fix: "write [a, b]")
            return nil
        }
        var choices: [JSON] = []
        for element in elements {
            guard let choice = comparable(element) else { return nil }
            if let choice { choices.append(choice) }
        }
        return choices
    }

    private mutating func bound(
        _ node: YAMLNode, _ make: (JSON) -> Condition.Operation
    ) -> Condition.Operation? {
        switch node.scalar?.value {
        case .integer(let value): return make(.integer(value))
        // Go reads what only an unsigned integer holds as one, and then takes it for no number.
        case .number(let text) where !isStrict || UInt64(text) == nil: return make(.number(text))
        case .infinity(let isNegative) where isStrict:
            warn(node, "an infinity is beyond every number", fix: "write a number")
            return make(.number(isNegative ? "-1e999999999" : "1e999999999"))
        case .notANumber where isStrict:
            warn(node, "nothing compares with NaN", fix: "write a number")
            return .isIn([])
        default:
            refuse(node, "expected a number, found \(node.kind)")
            return nil
        }
    }

    private mutating func pattern(_ node: YAMLNode) -> Pattern? {
        guard let scalar = node.scalar, scalar.value == .string else {
            refuse(node, "a pattern is text, not \(node.kind)", fix: "put it in single quotes")
            return nil
        }
        if let pattern = patterns[ExactText(scalar.text)] { return pattern }
        do throws(Pattern.Problem) {
            let pattern = try Pattern(scalar.text)
            patterns[ExactText(scalar.text)] = pattern
            return pattern
        } catch {
            refuse(node, "the pattern \(error)", fix: "patterns follow RE2, as in Go's regexp")
            return nil
        }
    }

    // MARK: Our own

    private static let types = [
        "string", "integer", "number", "boolean", "array", "object", "null",
    ]

    private mutating func nativeOperation(
        _ op: OperatorName, _ value: YAMLNode
    ) -> Condition.Operation? {
        switch op {
        case .same: return json(value).map(Condition.Operation.same)
        case .type:
            return choice(value.isNull ? textOfNull(value) : value, Self.types)
                .map(Condition.Operation.type)
        case .hostIn: return hosts(value).map(Condition.Operation.hostIn)
        default: break
        }
        guard let text = name(value) else { return nil }
        switch op {
        case .prefix: return .prefix(text)
        case .suffix: return .suffix(text)
        case .glob: return .glob(text)
        case .pathWithin: return .pathWithin(text)
        case .cidr:
            if NetworkSyntax.isNetwork(text) { return .cidr(text) }
            refuse(
                value, "\(Self.shown(text)) is no network",
                fix: "write one like 10.0.0.0/8 or fd00::/8, no bits set behind the prefix")
            return nil
        default: return nil
        }
    }

    /// `value: null` of `type` is the word, not nothing.
    private func textOfNull(_ node: YAMLNode) -> YAMLNode {
        let word = YAMLScalar(text: "null", style: .plain, value: .string)
        return YAMLNode(.scalar(word), at: node.position)
    }

    private mutating func hosts(_ node: YAMLNode) -> [String]? {
        let nodes = node.scalar == nil ? elements(node) : [node]
        if nodes.isEmpty { refuse(node, "'host_in' needs a list of hosts") }
        var hosts: [String] = []
        for node in nodes {
            guard let host = name(node) else { return nil }
            guard host.utf8.allSatisfy({ $0 > 0x20 && !"/*?@#\\".utf8.contains($0) }) else {
                refuse(
                    node, "\(Self.shown(host)) is no host name",
                    fix: "write example.com, or .example.com for all hosts below it")
                return nil
            }
            hosts.append(host)
        }
        return hosts
    }
}
