// Checks one value. Nothing is allocated for a value that fits.
//
// INVARIANT: work is bounded by `Schema.maxSteps`, recursion by `Schema.maxDepth`; a value that
// needs more is refused, never accepted.

struct SchemaValidator {
    enum Step {
        case key(String)
        case index(Int)
    }

    let schema: Schema
    let limit: Int
    private(set) var violations: [SchemaViolation] = []
    private var steps = 0
    private var depth = 0
    private var path: [Step] = []

    init(schema: Schema, limit: Int) {
        self.schema = schema
        self.limit = limit
    }

    mutating func check(_ value: JSON, against place: Int) {
        guard violations.count < limit else { return }
        steps += 1
        depth += 1
        defer { depth -= 1 }
        guard steps <= Schema.maxSteps, depth <= Schema.maxDepth else {
            return report("limit", "is too large or too deep to check; send a simpler value")
        }
        let rule = schema.rules[place]
        if rule.refusesAll { return report("false", "must be left out") }
        if let types = rule.types, types.isDisjoint(with: SchemaType(of: value)) {
            return report("type", "must be \(types.words), got \(Self.shown(value))")
        }
        checkChoices(value, rule)
        switch value {
        case .integer, .number: checkNumber(value, rule)
        case .string(let text): checkString(text, rule)
        case .array(let elements): checkArray(elements, rule)
        case .object(let object): checkObject(object, rule)
        case .null, .bool: break
        }
        if let reference = rule.reference { check(value, against: reference) }
        if !rule.anyOf.isEmpty { checkAlternatives(value, rule.anyOf, isExclusive: false) }
        if !rule.oneOf.isEmpty { checkAlternatives(value, rule.oneOf, isExclusive: true) }
    }

    // MARK: One kind of value each

    private mutating func checkChoices(_ value: JSON, _ rule: SchemaRule) {
        if let constant = rule.constant, !constant.hasSameValue(as: value) {
            report("const", "must be \(Self.shown(constant)), got \(Self.shown(value))")
        }
        guard let choices = rule.choices, !choices.contains(where: { $0.hasSameValue(as: value) })
        else { return }
        let shownChoices = 20
        var list = choices.prefix(shownChoices).map(Self.shown).joined(separator: ", ")
        if choices.count > shownChoices { list += ", …" }
        var message = "must be one of \(list), got \(Self.shown(value))"
        if let text = value.asString,
            let near = Suggestion.nearest(to: text, among: choices.compactMap(\.asString))
        {
            message += "; did you mean '\(near)'?"
        }
        report("enum", message)
    }

    private mutating func checkNumber(_ value: JSON, _ rule: SchemaRule) {
        guard rule.minimum != nil || rule.maximum != nil, let number = DecimalNumber(value)
        else { return }
        if let minimum = rule.minimum, number < minimum.value {
            report("minimum", "must be at least \(minimum.text), got \(Self.shown(value))")
        }
        if let maximum = rule.maximum, maximum.value < number {
            report("maximum", "must be at most \(maximum.text), got \(Self.shown(value))")
        }
    }

    private mutating func checkString(_ text: String, _ rule: SchemaRule) {
        guard rule.minLength != nil || rule.maxLength != nil else { return }
        let length = text.unicodeScalars.count
        if let least = rule.minLength, length < least {
            report("minLength", "must have at least \(least) characters, got \(length)")
        }
        if let most = rule.maxLength, length > most {
            report("maxLength", "must have at most \(most) characters, got \(length)")
        }
    }

    private mutating func checkArray(_ elements: [JSON], _ rule: SchemaRule) {
        if let least = rule.minItems, elements.count < least {
            report("minItems", "must have at least \(least) items, got \(elements.count)")
        }
        if let most = rule.maxItems, elements.count > most {
            report("maxItems", "must have at most \(most) items, got \(elements.count)")
        }
        guard let items = rule.items else { return }
        for (place, element) in elements.enumerated() {
            guard violations.count < limit else { return }
            path.append(.index(place))
            check(element, against: items)
            path.removeLast()
        }
    }

    private mutating func checkObject(_ object: JSONObject, _ rule: SchemaRule) {
        for name in rule.required where object[name] == nil {
            reportMember(name, "required", "is required")
        }
        for member in object.members {
            guard violations.count < limit else { return }
            if let place = rule.properties[ExactText(member.key)] {
                check(member.value, at: member.key, against: place)
            } else {
                checkAdditional(member, in: object, rule)
            }
        }
    }

    private mutating func checkAdditional(
        _ member: JSONObject.Member, in object: JSONObject, _ rule: SchemaRule
    ) {
        switch rule.additional {
        case .allowed: break
        case .rule(let place): check(member.value, at: member.key, against: place)
        case .refused:
            // A name that is already there is not what the caller meant.
            let missing = rule.propertyNames.filter { object[$0] == nil }
            var message = "unknown parameter '\(Self.cut(member.key))'"
            if let near = Suggestion.nearest(to: member.key, among: missing) {
                message += "; did you mean '\(near)'?"
            } else if rule.propertyNames.isEmpty {
                message += "; none is expected here"
            } else {
                message += "; known are \(rule.propertyNames.joined(separator: ", "))"
            }
            reportMember(member.key, "additionalProperties", message, isSentence: true)
        }
    }

    private mutating func check(_ value: JSON, at key: String, against place: Int) {
        path.append(.key(key))
        check(value, against: place)
        path.removeLast()
    }

    // MARK: Alternatives

    /// At least one alternative must fit, or exactly one when `isExclusive`. On failure the
    /// complaint of the alternative that came closest is the useful one.
    private mutating func checkAlternatives(_ value: JSON, _ places: [Int], isExclusive: Bool) {
        let before = violations
        var fitting = 0
        var closest: [SchemaViolation]?
        for place in places {
            violations = []
            check(value, against: place)
            guard !violations.isEmpty else {
                fitting += 1
                if !isExclusive { break }
                continue
            }
            if closest.map({ Self.isCloser(violations, than: $0) }) ?? true { closest = violations }
        }
        violations = before
        let rule = isExclusive ? "oneOf" : "anyOf"
        if fitting == 0, let closest {
            let hints = closest.prefix(2).map(\.message).joined(separator: "; ")
            report(rule, "fits none of \(places.count) forms; the closest says: \(hints)")
        } else if isExclusive, fitting > 1 {
            report(rule, "fits \(fitting) forms at once, must fit exactly one")
        }
    }

    /// A complaint from further down means that more of the form was right.
    private static func isCloser(_ left: [SchemaViolation], than right: [SchemaViolation]) -> Bool {
        func isOnType(_ list: [SchemaViolation]) -> Bool { list.first?.rule == "type" }
        if isOnType(left) != isOnType(right) { return isOnType(right) }
        return left.count < right.count
    }

    // MARK: Reports

    private mutating func report(_ rule: String, _ message: String) {
        guard violations.count < limit else { return }
        let label = path.isEmpty ? "the value " : label + ": "
        violations.append(
            SchemaViolation(path: pointer, rule: rule, message: label + message))
    }

    /// Reports on a member of the object at hand. A sentence names the member itself.
    private mutating func reportMember(
        _ name: String, _ rule: String, _ message: String, isSentence: Bool = false
    ) {
        guard violations.count < limit else { return }
        let prefix = path.isEmpty ? "" : label + ": "
        let text = isSentence ? prefix + message : prefix + "'\(Self.cut(name))' " + message
        violations.append(SchemaViolation(path: pointer / name, rule: rule, message: text))
    }

    private var pointer: String {
        path.reduce(into: "") { pointer, step in
            switch step {
            case .key(let key): pointer = pointer / key
            case .index(let index): pointer = pointer / String(index)
            }
        }
    }

    /// The path as people write it: `files[2].name`.
    private var label: String {
        path.reduce(into: "") { label, step in
            switch step {
            case .key(let key): label += (label.isEmpty ? "" : ".") + Self.cut(key)
            case .index(let index): label += "[\(index)]"
            }
        }
    }

    /// Characters of a value that a message repeats.
    private static let shownLength = 40

    private static func cut(_ text: String) -> String {
        text.count > shownLength ? text.prefix(shownLength) + "…" : text
    }

    private static func shown(_ value: JSON) -> String {
        switch value {
        case .string(let text): "'\(cut(text))'"
        case .array(let elements): "an array of \(elements.count)"
        case .object: "an object"
        default: cut(value.text)
        }
    }
}
