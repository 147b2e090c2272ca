// From a JSON value to rules.

struct SchemaCompiler {
    private(set) var rules: [SchemaRule] = []
    /// The place of each definition, known before its content is compiled.
    private var definitions: [ExactText: Int] = [:]

    private static let keywords: Set<String> = [
        "type", "properties", "required", "additionalProperties", "items", "enum", "const",
        "minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "anyOf", "oneOf",
        "$ref", "$defs",
    ]
    /// Keywords that say something about a value but bind nothing.
    private static let annotations: Set<String> = [
        "$schema", "$comment", "title", "description", "default", "examples", "deprecated",
        "readOnly", "writeOnly", "format", "enumNames",
    ]

    mutating func document(_ json: JSON) throws(SchemaError) -> Int {
        let root = try reserve(at: "")
        if let definitions = json["$defs"] {
            guard let definitions = definitions.asObject else {
                throw SchemaError(path: "/$defs", message: "must be an object of schemas")
            }
            for (name, _) in definitions {
                self.definitions[ExactText(name)] = try reserve(at: "/$defs")
            }
            for (name, schema) in definitions {
                guard let place = self.definitions[ExactText(name)] else { continue }
                rules[place] = try rule(schema, at: "/$defs" / name)
            }
        }
        rules[root] = try rule(json, at: "")
        return root
    }

    private mutating func reserve(at path: String) throws(SchemaError) -> Int {
        guard rules.count < Schema.maxRules else {
            throw SchemaError(path: path, message: "has more than \(Schema.maxRules) schemas")
        }
        rules.append(SchemaRule())
        return rules.count - 1
    }

    private mutating func add(_ json: JSON, at path: String) throws(SchemaError) -> Int {
        let place = try reserve(at: path)
        rules[place] = try rule(json, at: path)
        return place
    }

    private mutating func rule(_ json: JSON, at path: String) throws(SchemaError) -> SchemaRule {
        var rule = SchemaRule()
        if case .bool(let accepts) = json {
            rule.refusesAll = !accepts
            return rule
        }
        guard let schema = json.asObject else {
            throw SchemaError(path: path, message: "must be an object or a boolean")
        }
        for (keyword, value) in schema {
            try apply(keyword, value, to: &rule, at: path)
        }
        return rule
    }

    private mutating func apply(
        _ keyword: String, _ value: JSON, to rule: inout SchemaRule, at path: String
    ) throws(SchemaError) {
        let here = path / keyword
        switch keyword {
        case "type": rule.types = try types(value, at: here)
        case "properties": try properties(value, of: &rule, at: here)
        case "required": rule.required = try names(value, at: here)
        case "additionalProperties": rule.additional = try additional(value, at: here)
        case "items": rule.items = try add(value, at: here)
        case "enum": rule.choices = try list(value, at: here)
        case "const": rule.constant = value
        case "minLength": rule.minLength = try count(value, at: here)
        case "maxLength": rule.maxLength = try count(value, at: here)
        case "minItems": rule.minItems = try count(value, at: here)
        case "maxItems": rule.maxItems = try count(value, at: here)
        case "minimum": rule.minimum = try bound(value, at: here)
        case "maximum": rule.maximum = try bound(value, at: here)
        case "anyOf": rule.anyOf = try alternatives(value, at: here)
        case "oneOf": rule.oneOf = try alternatives(value, at: here)
        case "$ref": rule.reference = try reference(value, at: here)
        case "$defs" where path.isEmpty: break
        default: try checkIgnorable(keyword, at: path)
        }
    }

    private func checkIgnorable(_ keyword: String, at path: String) throws(SchemaError) {
        if Self.annotations.contains(keyword) || keyword.hasPrefix("x-") { return }
        if keyword == "pattern" {
            let message = "'pattern' is not supported; use 'enum', 'maxLength' or a policy rule"
            throw SchemaError(path: path, message: message)
        }
        if keyword == "$defs" {
            throw SchemaError(path: path, message: "'$defs' belongs at the root of the schema")
        }
        var message = "the keyword '\(keyword)' is not supported"
        if let near = Suggestion.nearest(to: keyword, among: Self.keywords.sorted()) {
            message += "; did you mean '\(near)'?"
        }
        throw SchemaError(path: path, message: message)
    }

    // MARK: Schemas inside

    private mutating func properties(
        _ value: JSON, of rule: inout SchemaRule, at path: String
    ) throws(SchemaError) {
        guard let properties = value.asObject else {
            throw SchemaError(path: path, message: "must be an object of schemas")
        }
        rule.propertyNames = properties.keys
        for (name, schema) in properties {
            rule.properties[ExactText(name)] = try add(schema, at: path / name)
        }
    }

    private mutating func additional(
        _ value: JSON, at path: String
    ) throws(SchemaError) -> SchemaRule.Additional {
        if case .bool(let isAllowed) = value { return isAllowed ? .allowed : .refused }
        return .rule(try add(value, at: path))
    }

    private mutating func alternatives(
        _ value: JSON, at path: String
    ) throws(SchemaError) -> [Int] {
        var places: [Int] = []
        for (place, schema) in try list(value, at: path).enumerated() {
            places.append(try add(schema, at: path / String(place)))
        }
        return places
    }

    private func reference(_ value: JSON, at path: String) throws(SchemaError) -> Int {
        guard let target = value.asString else {
            throw SchemaError(path: path, message: "must be a string such as '#/$defs/name'")
        }
        if target == "#" { return 0 }
        let prefix = "#/$defs/"
        guard target.hasPrefix(prefix) else {
            throw SchemaError(
                path: path, message: "'\(target)' is not local; only '#' and '#/$defs/…' are read")
        }
        let escaped = target.dropFirst(prefix.count).split(
            separator: "~1", omittingEmptySubsequences: false)
        let name = escaped.joined(separator: "/").split(
            separator: "~0", omittingEmptySubsequences: false
        ).joined(separator: "~")
        guard let place = definitions[ExactText(name)] else {
            throw SchemaError(path: path, message: "there is no definition '\(name)' in '$defs'")
        }
        return place
    }

    // MARK: Plain values

    private func types(_ value: JSON, at path: String) throws(SchemaError) -> SchemaType {
        var types: SchemaType = []
        for name in value.asArray ?? [value] {
            guard let type = name.asString.flatMap(SchemaType.init(named:)) else {
                throw SchemaError(path: path, message: "\(name.text) is not the name of a type")
            }
            types.insert(type)
        }
        guard !types.isEmpty else { throw SchemaError(path: path, message: "names no type") }
        return types
    }

    private func list(_ value: JSON, at path: String) throws(SchemaError) -> [JSON] {
        guard let list = value.asArray, !list.isEmpty else {
            throw SchemaError(path: path, message: "must be an array that is not empty")
        }
        return list
    }

    private func names(_ value: JSON, at path: String) throws(SchemaError) -> [String] {
        guard let list = value.asArray else {
            throw SchemaError(path: path, message: "must be an array of names")
        }
        var names: [String] = []
        for name in list {
            guard let name = name.asString else {
                throw SchemaError(path: path, message: "\(name.text) is not a name")
            }
            names.append(name)
        }
        return names
    }

    private func count(_ value: JSON, at path: String) throws(SchemaError) -> Int {
        guard let count = value.integralValue, count >= 0 else {
            throw SchemaError(path: path, message: "must be a whole number, not negative")
        }
        return Int(count)
    }

    private func bound(_ value: JSON, at path: String) throws(SchemaError) -> SchemaRule.Bound {
        guard let number = DecimalNumber(value) else {
            throw SchemaError(path: path, message: "must be a number")
        }
        return SchemaRule.Bound(value: number, text: value.text)
    }
}
