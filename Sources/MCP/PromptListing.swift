import Notation

/// One prompt as `prompts/list` shows it.
package struct PromptListing: Hashable, Sendable {
    package struct Argument: Hashable, Sendable {
        package var name: String
        package var description: String
        package var isRequired: Bool

        package init(name: String, description: String, isRequired: Bool = true) {
            self.name = name
            self.description = description
            self.isRequired = isRequired
        }
    }

    package var name: String
    package var title: String?
    package var description: String
    package var arguments: [Argument]

    package init(name: String, title: String? = nil, description: String, arguments: [Argument]) {
        self.name = name
        self.title = title
        self.description = description
        self.arguments = arguments
    }

    func json(for era: Era) -> JSON {
        var members: JSONObject = ["name": .string(name)]
        if let title, era.hasTitles { members["title"] = .string(title) }
        members["description"] = .string(description)
        members["arguments"] = .array(
            arguments.map {
                [
                    "name": .string($0.name), "description": .string($0.description),
                    "required": .bool($0.isRequired),
                ]
            })
        return .object(members)
    }
}
