// What a client is told of a tool.

internal import Catalog
internal import MCP

extension ToolListing {
    init(_ declaration: Declaration) {
        let hints = declaration.hints
        self.init(
            name: declaration.name, title: declaration.title,
            description: declaration.description, inputSchema: declaration.input,
            outputSchema: declaration.output,
            annotations: ToolAnnotations(
                readOnly: hints.readOnly, destructive: hints.destructive,
                idempotent: hints.idempotent, openWorld: hints.openWorld))
    }
}
