import Notation

/// What makes one MCP client start sandboa: a piece of configuration and where it belongs.
///
/// The shapes are those the clients document (November 2026). The command is always an absolute
/// path, for desktop clients start programs with a poor PATH.
struct ClientSnippet: Hashable, Sendable {
    enum Client: String, CaseIterable, Sendable {
        case claudeDesktop = "claude-desktop"
        case claudeCode = "claude-code"
        case cursor, vscode, codex, gemini
        case pythonSDK = "python-sdk"
    }

    /// The language the text is in.
    enum Format: String, Sendable {
        case json, toml, python
    }

    let client: Client
    let format: Format
    /// For standard output; ends with a newline.
    let text: String
    /// The file it belongs in, and what to mind there; for standard error.
    let file: String
    /// A command that does the same, where the client has one.
    let command: String?

    /// The name the client shows for the server.
    static let serverName = "sandboa"

    /// `executable` is the absolute path of this program.
    init(_ client: Client, executable: String, arguments: [String] = ["serve"]) {
        precondition(executable.hasPrefix("/"), "A client needs an absolute path.")
        self.client = client
        let command = [executable] + arguments
        format = client.format
        text = client.text(executable: executable, arguments: arguments)
        file = client.file
        self.command = client.enrollment.map { front in
            (front + command.map(QuotedText.shell)).joined(separator: " ")
        }
    }

    /// The lines that say where the text belongs.
    var advice: String {
        var lines = ["This belongs in \(file)."]
        if format == .json {
            lines.append("If the file exists already, add only the entry \"\(Self.serverName)\".")
        }
        if let command { lines.append("Or run: \(command)") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// For `--json`.
    var json: JSON {
        var object: JSONObject = [
            "client": .string(client.rawValue), "format": .string(format.rawValue),
            "file": .string(file), "text": .string(text),
        ]
        if let command { object["command"] = .string(command) }
        return .object(object)
    }
}
