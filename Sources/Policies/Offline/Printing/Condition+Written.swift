// How policies spell paths and operators.

internal import Notation

extension Condition.Operation {
    /// The operator's name in a policy.
    var keyword: String {
        switch self {
        case .eq: "eq"
        case .neq: "neq"
        case .isIn: "in"
        case .notIn: "not_in"
        case .lt: "lt"
        case .lte: "lte"
        case .gt: "gt"
        case .gte: "gte"
        case .regex: "regex"
        case .contains: "contains"
        case .exists: "exists"
        case .same: "is"
        case .prefix: "prefix"
        case .suffix: "suffix"
        case .glob: "glob"
        case .pathWithin: "path_within"
        case .hostIn: "host_in"
        case .cidr: "cidr"
        case .type: "type"
        }
    }

    /// What the operator compares with.
    var wanted: JSON {
        switch self {
        case .eq(let value), .neq(let value), .lt(let value), .lte(let value), .gt(let value),
            .gte(let value), .contains(let value), .same(let value):
            value
        case .isIn(let values), .notIn(let values): .array(values)
        case .regex(let pattern): .string(pattern.text)
        case .exists(let isThere): .bool(isThere)
        case .prefix(let text), .suffix(let text), .glob(let text), .pathWithin(let text),
            .cidr(let text), .type(let text):
            .string(text)
        case .hostIn(let hosts): .array(hosts.map(JSON.string))
        }
    }

    /// Whether only our own dialect has the operator.
    var isNative: Bool {
        switch self {
        case .eq, .neq, .isIn, .notIn, .lt, .lte, .gt, .gte, .regex, .contains, .exists: false
        default: true
        }
    }
}

extension Condition.Path {
    /// In our own dialect: every path can be said.
    var nativeText: String {
        switch self {
        case .argument(let path): path.nativeText
        case .state(let counter): counter.nativeText
        case .time: description
        }
    }
}

extension ArgumentPath {
    /// The path from its steps, keys quoted where they must be.
    var nativeText: String {
        steps.reduce(into: "args") { text, step in
            switch step {
            case .key(let key): text += "." + Self.quotedIfNeeded(key)
            case .index(let index): text += "[\(index)]"
            case .each: text += "[*]"
            case .some: text += "[?]"
            case .length: text += ".length"
            }
        }
    }

    /// The path as the compatible dialects read it; nil: they can't say it.
    var plainText: String? {
        var text = "args"
        for step in steps {
            guard case .key(let key) = step, !key.utf8.contains(UInt8(ascii: ".")),
                !key.hasSuffix("]")
            else { return nil }
            text += "." + key
        }
        return text
    }

    static func quotedIfNeeded(_ key: String) -> String {
        let isPlain =
            !key.isEmpty && key != "length" && !key.utf8.contains { ".[]\"".utf8.contains($0) }
        return isPlain ? key : JSON.string(key).text
    }
}

extension CounterName {
    var nativeText: String {
        let parts = [group, counter]
        let isPlain = !parts.contains {
            $0.isEmpty || $0.utf8.contains { ".[]\"".utf8.contains($0) }
        }
        return isPlain
            ? "state.\(group).\(counter)"
            : "state.\(JSON.string(group).text).\(JSON.string(counter).text)"
    }
}
