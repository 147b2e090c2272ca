internal import Notation

/// One entry of a list of tools, read strictly: a field of the wrong type is an error, an unknown
/// field is none.
struct ToolEntry {
    private let entry: JSON
    private let place: String

    init(_ entry: JSON, at place: String) {
        self.entry = entry
        self.place = place
    }

    func tool() throws(ToolListError) -> ForeignTool {
        guard entry.asObject != nil else { throw ToolListError(place, "expected an object") }
        guard let name = try text("name") else {
            throw ToolListError("\(place).name", "missing; every tool needs a name")
        }
        guard !name.isEmpty, name.utf8.count <= ToolListReading.maxNameBytes else {
            throw ToolListError(
                "\(place).name",
                "must have 1 to \(ToolListReading.maxNameBytes) bytes, has \(name.utf8.count)")
        }
        let schema = try object("inputSchema")
        let annotations = try object("annotations")
        let title = try text("title")
        let hintedTitle = try text("title", in: annotations, "annotations.")
        return ForeignTool(
            name: name, title: title ?? hintedTitle,
            description: try text("description"), inputSchema: schema,
            hints: ToolHints(
                isReadOnly: try flag("readOnlyHint", in: annotations),
                isDestructive: try flag("destructiveHint", in: annotations),
                isOpenWorld: try flag("openWorldHint", in: annotations)))
    }

    private func text(_ key: String) throws(ToolListError) -> String? {
        try text(key, in: entry, "")
    }

    private func text(
        _ key: String, in object: JSON?, _ prefix: String
    ) throws(ToolListError) -> String? {
        guard let value = object?[key], value != .null else { return nil }
        guard let text = value.asString else {
            throw ToolListError("\(place).\(prefix)\(key)", "expected text")
        }
        return text
    }

    private func object(_ key: String) throws(ToolListError) -> JSON? {
        guard let value = entry[key], value != .null else { return nil }
        guard value.asObject != nil else {
            throw ToolListError("\(place).\(key)", "expected an object")
        }
        return value
    }

    private func flag(_ key: String, in annotations: JSON?) throws(ToolListError) -> Bool? {
        guard let value = annotations?[key], value != .null else { return nil }
        guard let flag = value.asBool else {
            throw ToolListError("\(place).annotations.\(key)", "expected true or false")
        }
        return flag
    }
}
