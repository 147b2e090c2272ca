/// The requests this server understands, in either era.
enum Method: String {
    case initialize
    case ping
    case discover = "server/discover"
    case listTools = "tools/list"
    case callTool = "tools/call"
    case listResources = "resources/list"
    case listTemplates = "resources/templates/list"
    case readResource = "resources/read"
    case listPrompts = "prompts/list"
    case getPrompt = "prompts/get"
    case complete = "completion/complete"
    case getTask = "tasks/get"
    case updateTask = "tasks/update"
    case cancelTask = "tasks/cancel"

    /// Bytes of UTF-8 a method name may have: ten times the longest the protocol defines.
    static let maxBytes = 256

    /// What must be offered for the method to exist.
    var needs: Offer {
        switch self {
        case .initialize, .ping, .discover: []
        case .listTools, .callTool: .tools
        case .listResources, .listTemplates, .readResource: .resources
        case .listPrompts, .getPrompt: .prompts
        case .complete: .completions
        case .getTask, .updateTask, .cancelTask: .tasks
        }
    }

    /// Why a request of an older revision is not one of 2026-07-28, for those that were taken out.
    static func removal(of name: String) -> String? {
        switch name {
        case "initialize":
            "There is no handshake in \(Era.statelessVersion): send requests right away, or drop "
                + "the envelope from `_meta` to open one of "
                + Revision.allCases.map(\.name).joined(separator: ", ") + "."
        case "ping":
            "\(Era.statelessVersion) has no ping: any request shows that the server is alive."
        case "logging/setLevel":
            "\(Era.statelessVersion) has no log level to set; this server logs to stderr only."
        case "resources/subscribe", "resources/unsubscribe", "tasks/list", "tasks/result":
            "\(Era.statelessVersion) took this method out of the protocol."
        default:
            nil
        }
    }
}
