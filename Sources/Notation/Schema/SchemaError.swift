/// Why a schema can't be compiled, and where in it.
package struct SchemaError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A JSON Pointer into the schema.
    package let path: String
    package let message: String

    package var description: String { "schema \(path.isEmpty ? "root" : path): \(message)" }
}
