import MCP
import Notation

/// Follows a conversation and judges each message of the server by the schema that applies to
/// it: the revision of the request it answers, and the result type of that request's method.
struct SchemaJudge {
    private let checkers: [String: SchemaChecker]
    private var agreed = Revision.newest.name
    private var asked: [RequestID: [Question]] = [:]

    private struct Question {
        let method: String
        let revision: String
    }

    static let revisions = Revision.allCases.map(\.name) + [Era.statelessVersion]

    init() throws {
        checkers = try Dictionary(
            uniqueKeysWithValues: Self.revisions.map { ($0, try SchemaChecker(revision: $0)) })
    }

    /// Remembers what a line of the client asked for, if anything.
    mutating func note(_ line: [UInt8]) {
        guard let value = try? JSON(parsing: line) else { return }
        for message in value.asArray ?? [value] {
            guard let id = message["id"].flatMap(RequestID.init),
                let method = message["method"]?.asString
            else { continue }
            let meta = message["params"]?["_meta"]
            let isEnveloped = meta?["io.modelcontextprotocol/protocolVersion"] != nil
            asked[id, default: []].append(
                Question(
                    method: method, revision: isEnveloped ? Era.statelessVersion : agreed))
        }
    }

    /// What is wrong with a message of the server.
    mutating func faults(in line: [UInt8]) throws -> [String] {
        let message = try JSON(parsing: line)
        guard !line.contains(0x0A) else { return ["a message has to be one line"] }
        if let method = message["method"]?.asString {
            guard let name = Self.messageName(of: method) else {
                return ["the server sent \(method)"]
            }
            return faults(message, name, agreed)
        }
        guard let id = message["id"].flatMap(RequestID.init) else {
            // Only the newest schemas allow an error that belongs to no request.
            return faults(message, "JSONRPCErrorResponse", Era.statelessVersion)
        }
        // An id can be used again, so the answer has to fit one of its requests. A request the
        // judge can't read itself may get nothing but an error.
        let unreadable = Question(method: "", revision: agreed)
        let attempts = (asked[id] ?? [unreadable]).map { faults(message, as: $0) }
        return attempts.contains([]) ? [] : attempts.flatMap(\.self)
    }

    private mutating func faults(_ message: JSON, as question: Question) -> [String] {
        let (method, revision) = (question.method, question.revision)
        if message["error"] != nil {
            let name =
                revision >= Revision.november2025.name
                ? "JSONRPCErrorResponse" : "JSONRPCError"
            return faults(message, name, revision)
        }
        guard let result = message["result"], var name = Self.resultName(of: method) else {
            return ["\(method) has no result"]
        }
        if name == "CallToolResult", result["resultType"] == "input_required" {
            name = "InputRequiredResult"
        }
        if method.hasPrefix("tasks/") || result["resultType"] == "task" {
            return taskFaults(result, answering: method)
                + faults(message, "JSONRPCMessage", revision)
        }
        if method == "initialize", let version = result["protocolVersion"]?.asString {
            agreed = version
            return faults(result, name, version) + faults(message, "JSONRPCMessage", version)
        }
        return faults(result, name, revision) + faults(message, "JSONRPCMessage", revision)
    }

    private func faults(_ value: JSON, _ name: String, _ revision: String) -> [String] {
        // JSON-RPC's own members are missing from the older schemas' messages.
        var value = value
        if Self.messageNames.contains(name), revision < Revision.november2025.name,
            case .object(var members) = value
        {
            members["jsonrpc"] = nil
            members["id"] = nil
            value = .object(members)
        }
        return checkers[revision]?.faults(in: value, as: name) ?? ["no revision \(revision)"]
    }

    private static let messageNames = [
        "ProgressNotification", "CancelledNotification", "ElicitRequest",
    ]

    private static func messageName(of method: String) -> String? {
        switch method {
        case "notifications/progress": "ProgressNotification"
        case "notifications/cancelled": "CancelledNotification"
        case "elicitation/create": "ElicitRequest"
        default: nil
        }
    }

    private static func resultName(of method: String) -> String? {
        switch method {
        case "initialize": "InitializeResult"
        case "ping": "EmptyResult"
        case "tools/list": "ListToolsResult"
        case "tools/call": "CallToolResult"
        case "server/discover": "DiscoverResult"
        case "resources/list": "ListResourcesResult"
        case "resources/templates/list": "ListResourceTemplatesResult"
        case "resources/read": "ReadResourceResult"
        case "prompts/list": "ListPromptsResult"
        case "prompts/get": "GetPromptResult"
        case "completion/complete": "CompleteResult"
        case "tasks/get", "tasks/update", "tasks/cancel": "EmptyResult"
        default: nil
        }
    }

    /// The extension has no schema among the official ones here: this says the same by hand.
    private func taskFaults(_ result: JSON, answering method: String) -> [String] {
        let type = result["resultType"]
        guard type == (method == "tools/call" ? "task" : "complete") else {
            return ["resultType is \(type?.text ?? "missing")"]
        }
        let common = Set(["resultType", "_meta"])
        let keys = Set(result.asObject?.keys ?? [])
        if ["tasks/update", "tasks/cancel"].contains(method) {
            return keys == common ? [] : ["an acknowledgement has \(keys)"]
        }
        let needed: Set<String> = ["taskId", "status", "createdAt", "lastUpdatedAt", "ttlMs"]
        let wanted: [String: Set<String>] = [
            "working": [], "completed": ["result"], "failed": ["error"], "cancelled": [],
        ]
        guard let own = wanted[result["status"]?.asString ?? ""] else { return ["no status"] }
        let all = common.union(needed).union(own)
        let extra = keys.subtracting(all).subtracting(["statusMessage", "pollIntervalMs"])
        var found = all.subtracting(keys).sorted().map { "\($0) is missing" }
        found += extra.sorted().map { "\($0) is too much" }
        for key in ["createdAt", "lastUpdatedAt"]
        where result[key]?.asString.flatMap({ RFC3339($0) }) == nil {
            found.append("\(key) is no moment")
        }
        for key in ["ttlMs", "pollIntervalMs"] where (result[key]?.asInteger ?? -1) < 0 {
            found.append("\(key) is no duration")
        }
        if let inner = result["result"] {
            found += faults(inner, "CallToolResult", Era.statelessVersion)
        }
        return found
    }
}
