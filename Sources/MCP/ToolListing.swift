package import Notation

/// One tool as `tools/list` shows it.
package struct ToolListing: Hashable, Sendable {
    package var name: String
    package var title: String?
    package var description: String
    /// A JSON Schema whose root has `"type":"object"`.
    package var inputSchema: JSON
    package var outputSchema: JSON?
    package var annotations: ToolAnnotations

    package init(
        name: String, title: String? = nil, description: String, inputSchema: JSON,
        outputSchema: JSON? = nil, annotations: ToolAnnotations
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.inputSchema = inputSchema
        self.outputSchema = outputSchema
        self.annotations = annotations
    }

    /// The listing with only what the era knows. 2025-03-26 has the title among the hints.
    func json(for era: Era) -> JSON {
        var members: JSONObject = ["name": .string(name)]
        if let title, era.hasTitles {
            members["title"] = .string(title)
        }
        members["description"] = .string(description)
        members["inputSchema"] = inputSchema
        if let outputSchema, era.hasStructuredResults {
            members["outputSchema"] = outputSchema
        }
        if era.hasAnnotations {
            var hints = annotations.json
            if let title, !era.hasTitles {
                hints["title"] = .string(title)
            }
            members["annotations"] = .object(hints)
        }
        return .object(members)
    }
}
