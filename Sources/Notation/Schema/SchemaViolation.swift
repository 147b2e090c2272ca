/// One way in which a value breaks its schema.
package struct SchemaViolation: Hashable, Sendable, CustomStringConvertible {
    /// A JSON Pointer (RFC 6901) into the value; empty for the value itself.
    package let path: String
    /// The keyword of the schema that is broken, such as `minimum`.
    package let rule: String
    /// A sentence a model can act on: "timeout: must be at least 1, got 0".
    package let message: String

    package var description: String { message }
}
