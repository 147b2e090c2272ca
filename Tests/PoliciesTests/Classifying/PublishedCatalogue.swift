// The published tools as the catalogue beside the project describes them: summaries, arguments
// and hints. The catalogue is no part of the project, so it may be missing.

import Foundation

@testable import Notation
@testable import Policies

/// The catalogue's tools whose category was published.
enum PublishedCatalogue {
    struct Entry: Sendable {
        let server: String
        let tool: ForeignTool
        let category: Policies.Category
    }

    private struct Malformed: Error {
        let place: String
    }

    /// `../shared` of the project.
    private static let file: URL = {
        var project = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { project.deleteLastPathComponent() }
        return project.deletingLastPathComponent()
            .appendingPathComponent("shared/catalog/tools.json")
    }()

    static var exists: Bool { FileManager.default.fileExists(atPath: file.path) }

    static func tools() throws -> [Entry] {
        let limits = JSONLimits(maxBytes: 16 << 20, maxMembers: 1_000_000)
        let catalogue = try JSON(parsing: Array(Data(contentsOf: file)), limits: limits)
        guard let entries = catalogue["tools"]?.asArray else { throw Malformed(place: "tools") }
        return try entries.filter { $0["categorySource"]?.asString?.hasPrefix("seed") == true }
            .map(entry)
    }

    private static func entry(_ entry: JSON) throws -> Entry {
        guard let name = entry["tool"]?.asString, let server = entry["package"]?.asString,
            let label = entry["category"]?.asString, let summary = entry["summary"]?.asString,
            let category = Policies.Category(rawValue: label)
        else { throw Malformed(place: entry["tool"]?.asString ?? "a tool") }
        let hints = entry["annotations"]
        return Entry(
            server: server,
            tool: ForeignTool(
                name: name, description: summary, inputSchema: schema(entry["params"]),
                hints: ToolHints(
                    isReadOnly: hints?["readOnlyHint"]?.asBool,
                    isDestructive: hints?["destructiveHint"]?.asBool,
                    isOpenWorld: hints?["openWorldHint"]?.asBool)),
            category: category)
    }

    private static func schema(_ parameters: JSON?) -> JSON {
        var properties: JSONObject = [:]
        for parameter in parameters?.asArray ?? [] {
            guard let name = parameter["name"]?.asString else { continue }
            properties[name] = argument(parameter)
        }
        return ["type": "object", "properties": .object(properties)]
    }

    private static func argument(_ parameter: JSON) -> JSON {
        var argument: JSONObject = [:]
        // Written as `string`, `array<string>`, `object<string,any>`.
        let parts = (parameter["type"]?.asString ?? "").split(separator: "<", maxSplits: 1)
        if let type = parts.first { argument["type"] = .string(String(type)) }
        if parts.first == "array", parts.count == 2 {
            argument["items"] = ["type": .string(String(parts[1].dropLast()))]
        }
        argument["description"] = parameter["meaning"]
        for key in ["default", "enum", "maxLength", "pattern"] {
            if let value = parameter[key], value != .null { argument[key] = value }
        }
        return .object(argument)
    }
}
