import Notation

/// One resource as `resources/list` shows it.
package struct ResourceListing: Hashable, Sendable {
    package var uri: String
    package var name: String
    package var title: String?
    package var description: String?
    package var mime: String?
    package var bytes: Int64?

    package init(
        uri: String, name: String, title: String? = nil, description: String? = nil,
        mime: String? = nil, bytes: Int64? = nil
    ) {
        self.uri = uri
        self.name = name
        self.title = title
        self.description = description
        self.mime = mime
        self.bytes = bytes
    }

    func json(for era: Era) -> JSON {
        var members: JSONObject = ["uri": .string(uri), "name": .string(name)]
        if let title, era.hasTitles { members["title"] = .string(title) }
        if let description { members["description"] = .string(description) }
        if let mime { members["mimeType"] = .string(mime) }
        if let bytes { members["size"] = .integer(bytes) }
        return .object(members)
    }
}
