// What `sandboa config` prints is read back by each client's own format.

import Foundation
import Notation
import Testing

@testable import sandboa

@Suite struct ClientSnippetTests {
    /// Paths that break naive quoting.
    static let paths = [
        "/usr/local/bin/sandboa", "/opt/my tools/sandboa", "/o'brien/\"q\"/back\\slash",
        "/tab\tnewline\nbell\u{7}del\u{7F}", "/ü/日本/😀", "/$HOME/`id`/${env:X}",
    ]
    static let jsonClients = ClientSnippet.Client.allCases.filter { $0.format == .json }

    @Test(arguments: jsonClients, paths)
    func `JSON names the command under the client's key`(
        client: ClientSnippet.Client, path: String
    ) throws {
        let snippet = ClientSnippet(client, executable: path, arguments: ["serve", path])
        let parsed = try JSONSerialization.jsonObject(with: Data(snippet.text.utf8))
        let top = try #require(parsed as? [String: Any])
        let key = client == .vscode ? "servers" : "mcpServers"
        #expect(Array(top.keys) == [key])
        let servers = try #require(top[key] as? [String: Any])
        let entry = try #require(servers["sandboa"] as? [String: Any])
        #expect(entry["command"] as? String == path)
        #expect(entry["args"] as? [String] == ["serve", path])
        let typed = client == .vscode || client == .claudeCode
        #expect(entry["type"] as? String == (typed ? "stdio" : nil))
    }

    @Test(.enabled(if: Program.isInstalled("python3"), "needs python3"), arguments: paths)
    func `TOML names the command in the client's table`(path: String) throws {
        let snippet = ClientSnippet(.codex, executable: path)
        let program = """
            import json, sys, tomllib
            print(json.dumps(tomllib.load(open(sys.argv[1], "rb"))))
            """
        let result = try Program.run("python3", ["-I", "-c", program], file: snippet.text)
        #expect(result.complaints == "")
        let value = try JSON(parsing: Array(result.output.utf8))
        let expected: JSON = [
            "mcp_servers": ["sandboa": ["command": .string(path), "args": ["serve"]]]
        ]
        #expect(value == expected)
    }

    @Test(.enabled(if: Program.isInstalled("python3"), "needs python3"), arguments: paths)
    func `Python hands the command to the SDK`(path: String) throws {
        let snippet = ClientSnippet(.pythonSDK, executable: path)
        let program = """
            import ast, json, sys
            for node in ast.walk(ast.parse(open(sys.argv[1]).read())):
                name = getattr(getattr(node, "func", None), "id", "")
                if name == "StdioServerParameters":
                    print(json.dumps({k.arg: ast.literal_eval(k.value) for k in node.keywords}))
            """
        let result = try Program.run("python3", ["-I", "-c", program], file: snippet.text)
        #expect(result.complaints == "")
        let value = try JSON(parsing: Array(result.output.utf8))
        #expect(value == ["command": .string(path), "args": ["serve"]])
    }

    @Test(.enabled(if: Program.isInstalled("bash"), "needs bash"), arguments: paths)
    func `a client's own command survives the shell`(path: String) throws {
        let command = try #require(ClientSnippet(.claudeCode, executable: path).command)
        let script = "claude() { printf '%s\\0' \"$@\"; }\n" + command
        let result = try Program.run("bash", ["--norc"], file: script)
        let words = result.output.split(separator: "\0").map(String.init)
        #expect(words == ["mcp", "add", "sandboa", "--", path, "serve"])
    }

    @Test(arguments: ClientSnippet.Client.allCases)
    func `a snippet says where it belongs`(client: ClientSnippet.Client) throws {
        let snippet = ClientSnippet(client, executable: "/sandboa")
        #expect(snippet.text.hasSuffix("\n") && !snippet.text.hasSuffix("\n\n"))
        #expect(snippet.advice.contains(snippet.file))
        #expect(snippet.json["file"]?.asString == snippet.file)
        #expect(snippet.json["text"]?.asString == snippet.text)
        #expect(try JSON(parsing: Array(snippet.json.pretty.utf8)) == snippet.json)
    }
}
