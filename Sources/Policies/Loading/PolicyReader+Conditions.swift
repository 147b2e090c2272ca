// Conditions: lists of tests, and in our own dialect trees of them.

internal import Notation

/// What surrounds a condition.
struct ConditionContext {
    let section: SectionContext
    /// What the rule or group says of missing arguments, for tests that say nothing.
    var onMissing: Condition.Missing?
}

extension PolicyReader {
    /// The elements of a `conditions` list.
    mutating func conditions(_ node: YAMLNode?, _ context: ConditionContext) -> [Condition] {
        elements(node).compactMap { condition($0, context) }
    }

    /// A test, or in our own dialect a list (all must hold), `all`, `any` or `not`. Recurses as
    /// deep as the tree, which the loader bounds.
    mutating func condition(_ node: YAMLNode, _ context: ConditionContext) -> Condition? {
        if isNative, let elements = node.elements {
            guard !elements.isEmpty else {
                refuse(node, "the list of conditions is empty")
                return nil
            }
            return .all(elements.compactMap { condition($0, context) })
        }
        guard let fields = fields(node, .condition) else { return nil }
        for word in ["all", "any", "not"] {
            guard let inside = fields[word] else { continue }
            return branch(word, inside, of: fields, context)
        }
        return test(fields, context)
    }

    private mutating func branch(
        _ word: String, _ inside: YAMLNode, of fields: Fields, _ context: ConditionContext
    ) -> Condition? {
        if fields.count > 1 {
            refuse(
                fields.node, "'\(word)' stands alone in its map",
                fix: "put the other conditions into a list under 'all'")
            return nil
        }
        if word == "not" { return condition(inside, context).map(Condition.not) }
        let parts = elements(inside)
        if parts.isEmpty { refuse(inside, "'\(word)' needs a list of conditions") }
        let conditions = parts.compactMap { condition($0, context) }
        return word == "all" ? .all(conditions) : .any(conditions)
    }

    private mutating func test(_ fields: Fields, _ context: ConditionContext) -> Condition? {
        let onMissing = missing(fields["on_missing"]) ?? context.onMissing
        let path = pathOfTest(fields, context)
        guard let node = fields.written("op") else {
            refuseMissing("op", in: fields)
            return nil
        }
        guard let text = text(node), let op = OperatorName(text, isNative: isNative) else {
            noteUnknownOperator(node)
            return nil
        }
        guard let path, let value = value(of: op, in: fields) else { return nil }
        let mark = mark(fields.node)
        if op == .length { return length(value, of: path, onMissing, at: node) }
        return operation(op, value).map {
            .test(Condition.Test(path, $0, onMissing: onMissing, at: mark))
        }
    }

    private mutating func pathOfTest(
        _ fields: Fields, _ context: ConditionContext
    ) -> Condition.Path? {
        guard let node = fields.written("path") else {
            refuseMissing("path", in: fields)
            return nil
        }
        return path(node, in: context.section)
    }

    /// The value of a test. A missing one is null for Intercept; who left it out meant something
    /// else.
    private mutating func value(of op: OperatorName, in fields: Fields) -> YAMLNode? {
        if let node = fields.written("value") { return node }
        guard isStrict else {
            refuseMissing("value", in: fields, fix: "write what '\(op.rawValue)' compares with")
            return nil
        }
        let null = YAMLScalar(text: "", style: .plain, value: .null)
        return YAMLNode(.scalar(null), at: fields.node.position)
    }

    private mutating func noteUnknownOperator(_ node: YAMLNode) {
        guard let text = node.asText else { return }
        if OperatorName(text, isNative: true) != nil {
            refuse(
                node, "the operator '\(text)' is not one of this dialect",
                fix: "it needs `dialect: sandboa` at the top of the file")
            return
        }
        let names = OperatorName.names(isNative: isNative)
        refuse(
            node, "unknown operator \(Self.shown(text))",
            fix: nearest(to: text, among: names).map { "did you mean '\($0)'?" }
                ?? "there are \(names.joined(separator: ", "))")
    }

    mutating func missing(_ node: YAMLNode?) -> Condition.Missing? {
        choice(node, ["deny", "allow"]).flatMap(Condition.Missing.init(rawValue:))
    }

    // MARK: Length

    /// `op: length` is a test of `.length`: a number, or a map of bounds.
    private mutating func length(
        _ value: YAMLNode, of path: Condition.Path, _ onMissing: Condition.Missing?,
        at op: YAMLNode
    ) -> Condition? {
        guard case .argument(var path) = path, path.steps.last != .length else {
            refuse(op, "'length' is asked of an argument")
            return nil
        }
        path.steps.append(.length)
        path.description += ".length"
        let mark = mark(op)
        guard let bounds = value.entries else {
            return integer(value, 0...Int64.max).map {
                .test(
                    Condition.Test(
                        .argument(path), .eq(.integer($0)), onMissing: onMissing, at: mark))
            }
        }
        var tests: [Condition] = []
        for bound in bounds {
            let names = ["eq", "neq", "lt", "lte", "gt", "gte"]
            guard names.contains(bound.key), let op = OperatorName(bound.key, isNative: true) else {
                log.refuse(
                    .key(bound.keyPosition), "unknown bound \(Self.shown(bound.key))",
                    fix: "there are \(names.joined(separator: ", "))")
                continue
            }
            guard integer(bound.value, 0...Int64.max) != nil,
                let operation = operation(op, bound.value)
            else { continue }
            let test = Condition.Test(.argument(path), operation, onMissing: onMissing, at: mark)
            tests.append(.test(test))
        }
        if bounds.isEmpty { refuse(value, "'length' needs a bound, such as {lte: 10}") }
        return .all(tests)
    }
}
