package import Notation

/// What the server says about itself.
package struct ServerDescription: Hashable, Sendable {
    package var name: String
    package var title: String?
    package var version: String
    /// Advice for the model on how to use the tools together; the host may show it or drop it.
    package var instructions: String?

    package init(name: String, title: String? = nil, version: String, instructions: String? = nil) {
        self.name = name
        self.title = title
        self.version = version
        self.instructions = instructions
    }

    /// The `serverInfo` object of an era.
    package func information(for era: Era) -> JSON {
        var members: JSONObject = ["name": .string(name)]
        if let title, era.hasTitles {
            members["title"] = .string(title)
        }
        members["version"] = .string(version)
        return .object(members)
    }
}
