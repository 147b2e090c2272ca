package import Notation

/// A tool as somebody else's server describes it. Nothing in it is believed that would make the
/// tool look more harmless than its name does.
package struct ForeignTool: Sendable {
    package var name: String
    package var title: String?
    package var description: String?
    /// A JSON Schema; nil when the server sent none.
    package var inputSchema: JSON?
    package var hints: ToolHints

    package init(
        name: String, title: String? = nil, description: String? = nil,
        inputSchema: JSON? = nil, hints: ToolHints = ToolHints()
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.inputSchema = inputSchema
        self.hints = hints
    }
}

/// What a server claims about its own tool; nil where it claims nothing.
package struct ToolHints: Hashable, Sendable {
    package var isReadOnly: Bool?
    package var isDestructive: Bool?
    package var isOpenWorld: Bool?

    package init(
        isReadOnly: Bool? = nil, isDestructive: Bool? = nil, isOpenWorld: Bool? = nil
    ) {
        self.isReadOnly = isReadOnly
        self.isDestructive = isDestructive
        self.isOpenWorld = isOpenWorld
    }
}
