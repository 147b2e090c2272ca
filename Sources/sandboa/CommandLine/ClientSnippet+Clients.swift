import Catalog
import Notation

/// What differs between the clients.
extension ClientSnippet.Client {
    var format: ClientSnippet.Format {
        switch self {
        case .codex: .toml
        case .pythonSDK: .python
        case .claudeDesktop, .claudeCode, .cursor, .vscode, .gemini: .json
        }
    }

    var file: String {
        switch self {
        case .claudeDesktop: "~/.config/Claude/claude_desktop_config.json"
        case .claudeCode: ".mcp.json of the project, or ~/.claude.json for all projects"
        case .cursor: "~/.cursor/mcp.json, or .cursor/mcp.json of the project"
        case .vscode: ".vscode/mcp.json of the project"
        case .codex: "~/.codex/config.toml"
        case .gemini: "~/.gemini/settings.json, or .gemini/settings.json of the project"
        case .pythonSDK: "your program (package `mcp`, version 2)"
        }
    }

    /// The client's own command for adding a server, up to where our command line begins.
    var enrollment: [String]? {
        switch self {
        case .claudeCode: ["claude", "mcp", "add", ClientSnippet.serverName, "--"]
        case .codex: ["codex", "mcp", "add", ClientSnippet.serverName, "--"]
        case .claudeDesktop, .cursor, .vscode, .gemini, .pythonSDK: nil
        }
    }

    func text(executable: String, arguments: [String]) -> String {
        switch self {
        case .claudeDesktop, .cursor, .gemini:
            json("mcpServers", type: nil, executable, arguments)
        case .claudeCode: json("mcpServers", type: "stdio", executable, arguments)
        case .vscode: json("servers", type: "stdio", executable, arguments)
        case .codex: toml(executable, arguments)
        case .pythonSDK: python(executable, arguments)
        }
    }

    private func json(
        _ key: String, type: String?, _ executable: String, _ arguments: [String]
    ) -> String {
        var entry = JSONObject()
        if let type { entry["type"] = .string(type) }
        entry["command"] = .string(executable)
        entry["args"] = .array(arguments.map { .string($0) })
        let server: JSONObject = [ClientSnippet.serverName: .object(entry)]
        return JSON.object([key: .object(server)]).pretty + "\n"
    }

    private func toml(_ executable: String, _ arguments: [String]) -> String {
        """
        [mcp_servers.\(ClientSnippet.serverName)]
        command = \(QuotedText.toml(executable))
        args = [\(arguments.map(QuotedText.toml).joined(separator: ", "))]

        """
    }

    private func python(_ executable: String, _ arguments: [String]) -> String {
        """
        import asyncio

        from mcp import ClientSession, StdioServerParameters
        from mcp.client.stdio import stdio_client

        server = StdioServerParameters(
            command=\(QuotedText.python(executable)),
            args=[\(arguments.map(QuotedText.python).joined(separator: ", "))],
        )


        async def main():
            async with stdio_client(server) as (read, write):
                async with ClientSession(read, write) as session:
                    await session.initialize()
                    result = await session.call_tool("\(Catalog.example)", {"code": "6 * 7"})
                    print(result)


        asyncio.run(main())

        """
    }
}
