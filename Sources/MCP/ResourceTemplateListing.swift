import Notation

/// One family of resources as `resources/templates/list` shows it.
package struct ResourceTemplateListing: Hashable, Sendable {
    /// A URI with `{name}` where an argument goes.
    package var template: String
    package var name: String
    package var title: String?
    package var description: String?
    package var mime: String?

    package init(
        template: String, name: String, title: String? = nil, description: String? = nil,
        mime: String? = nil
    ) {
        self.template = template
        self.name = name
        self.title = title
        self.description = description
        self.mime = mime
    }

    func json(for era: Era) -> JSON {
        var members: JSONObject = ["uriTemplate": .string(template), "name": .string(name)]
        if let title, era.hasTitles { members["title"] = .string(title) }
        if let description { members["description"] = .string(description) }
        if let mime { members["mimeType"] = .string(mime) }
        return .object(members)
    }
}
