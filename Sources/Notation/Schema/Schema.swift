// The part of JSON Schema 2020-12 that tool arguments and answers to questions need:
//
//   type, properties, required, additionalProperties, items, enum, const, minLength, maxLength,
//   minItems, maxItems, minimum, maximum, anyOf, oneOf, $ref to #/$defs/…, boolean schemas
//
// Annotations (title, description, default, format, examples, x-…) are ignored. Every other keyword
// is refused when the schema is compiled: a rule that is silently skipped protects nobody.
// `pattern` is among them, because its regular expressions backtrack.

/// A compiled schema.
package struct Schema: Sendable {
    /// Schema objects a schema may have.
    package static let maxRules = 10_000
    /// Visits of a value by a rule in one check. Alternatives inside alternatives multiply.
    package static let maxSteps = 200_000
    /// Rules open at once: a `$ref` circle, or a value that goes deeper than anyone reads.
    package static let maxDepth = 192

    let rules: [SchemaRule]
    let root: Int

    package init(compiling json: JSON) throws(SchemaError) {
        var compiler = SchemaCompiler()
        root = try compiler.document(json)
        rules = compiler.rules
    }

    /// What is wrong with `value`, in the order of its parts, at most `limit` of them; empty when
    /// it fits.
    package func violations(of value: JSON, limit: Int = 8) -> [SchemaViolation] {
        var validator = SchemaValidator(schema: self, limit: max(1, limit))
        validator.check(value, against: root)
        return validator.violations
    }
}
