import Foundation
import MCP
import Notation

/// Checks messages against the official JSON schemas, as far as those use JSON Schema.
///
/// The schemas leave every object open, so a field of a later revision would pass. With
/// `isStrict` a member that the schema does not list is a fault, except where the protocol says
/// anything goes.
struct SchemaChecker {
    let definitions: JSONObject
    let isStrict: Bool

    enum Failure: Error {
        case noDefinitions(String)
    }

    init(revision: String, isStrict: Bool = true) throws {
        let schema = try JSON(
            parsing: Fixture.bytes(of: "Schemas/schema-\(revision).json"),
            limits: JSONLimits(maxBytes: 1 << 20))
        guard let definitions = (schema["definitions"] ?? schema["$defs"])?.asObject else {
            throw Failure.noDefinitions(revision)
        }
        self.definitions = definitions
        self.isStrict = isStrict
    }

    /// Everything wrong with `value` as a `definition`; empty when it fits.
    func faults(in value: JSON, as definition: String) -> [String] {
        guard let schema = definitions[definition] else {
            return ["the schema defines no \(definition)"]
        }
        return faults(value, schema, at: definition)
    }

    private func faults(_ value: JSON, _ schema: JSON, at path: String) -> [String] {
        guard let rules = schema.asObject else {
            return schema == .bool(false) ? ["\(path): nothing is allowed here"] : []
        }
        var found: [String] = []
        for (keyword, rule) in rules {
            found += faults(value, keyword, rule, in: rules, at: path)
        }
        return found
    }

    private func faults(
        _ value: JSON, _ keyword: String, _ rule: JSON, in rules: JSONObject, at path: String
    ) -> [String] {
        switch keyword {
        case "$ref":
            let name = String(rule.asString?.split(separator: "/").last ?? "")
            return faults(in: value, as: name).map { "\(path) > \($0)" }
        case "type":
            let allowed = rule.asArray ?? [rule]
            let fits = allowed.contains { isA(value, $0.asString ?? "") }
            return fits ? [] : ["\(path): \(value.text) is not \(rule.text)"]
        case "const":
            return value == rule ? [] : ["\(path): \(value.text) is not \(rule.text)"]
        case "enum":
            let fits = rule.asArray?.contains(value) ?? false
            return fits ? [] : ["\(path): \(value.text) is none of \(rule.text)"]
        case "minimum", "maximum":
            guard let number = value.asDouble, let limit = rule.asDouble else { return [] }
            let fits = keyword == "minimum" ? number >= limit : number <= limit
            return fits ? [] : ["\(path): \(value.text) is beyond the \(keyword) \(rule.text)"]
        case "maxItems":
            guard let count = value.asArray?.count, let limit = rule.asInteger else { return [] }
            return count <= limit ? [] : ["\(path): more than \(limit) items"]
        case "items":
            return (value.asArray ?? []).flatMap { faults($0, rule, at: path + "[]") }
        case "required":
            guard let object = value.asObject else { return [] }
            let names = (rule.asArray ?? []).compactMap(\.asString)
            return names.filter { object[$0] == nil }.map { "\(path): no \($0)" }
        case "properties", "additionalProperties":
            return memberFaults(value, keyword, rule, in: rules, at: path)
        case "anyOf":
            let attempts = (rule.asArray ?? []).map { faults(value, $0, at: path) }
            return attempts.contains([]) ? [] : ["\(path): fits none of: \(attempts)"]
        case "allOf":
            return (rule.asArray ?? []).flatMap { faults(value, $0, at: path) }
        case "description", "format", "$schema", "default", "title", "deprecated":
            return []
        default:
            return ["\(path): the checker does not know the keyword \(keyword)"]
        }
    }

    private func memberFaults(
        _ value: JSON, _ keyword: String, _ rule: JSON, in rules: JSONObject, at path: String
    ) -> [String] {
        guard let object = value.asObject else { return [] }
        let known = rules["properties"]?.asObject ?? [:]
        var found: [String] = []
        for (key, member) in object {
            let place = "\(path).\(key)"
            if keyword == "additionalProperties" {
                found += known[key] == nil ? faults(member, rule, at: place) : []
            } else if let schema = rule[key] {
                found += faults(member, schema, at: place)
            } else if isStrict && rules["additionalProperties"] == nil && !isOpen(path) {
                found.append("\(place): not a member of this revision")
            }
        }
        return found
    }

    /// Tool schemas and `_meta` hold whatever their writer likes. The frame of a response says
    /// `result` is any result; the definition of the result itself is checked on its own.
    private func isOpen(_ path: String) -> Bool {
        path.contains("inputSchema") || path.contains("outputSchema") || path.contains("_meta")
            || path.hasSuffix("MetaObject") || path.hasSuffix(".result > Result")
    }

    private func isA(_ value: JSON, _ type: String) -> Bool {
        switch (value, type) {
        case (.null, "null"), (.bool, "boolean"), (.string, "string"): true
        case (.array, "array"), (.object, "object"): true
        case (.integer, "integer"), (.integer, "number"), (.number, "number"): true
        default: false
        }
    }
}
