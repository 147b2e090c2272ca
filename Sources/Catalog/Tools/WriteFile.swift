// write_file: a text becomes a file of the workspace.

import Notation

/// Writes a file whole or not at all.
enum WriteFile: Tool {
    static let name = "write_file"

    static let declaration = Declaration(
        name: name,
        title: "Write a file",
        upstream: .interpreter,
        description: """
            Writes text to one file of the workspace, as UTF-8, whole or not at all; makes the \
            directories it needs. An existing file is replaced only with `overwrite`. At most \
            \(FileRequest.maximumBytes >> 20) MiB. To save code and run it at once use \
            \(RunPythonCode.name) with save_as.
            """,
        // Replacing a file changes the workspace as every edit does, so it is a write: if it were
        // destruction, an agent that may edit would have to be allowed to delete.
        published: .write, effective: .write,
        effects: [
            Effect(
                "overwrite", .given, is: .write,
                says: "replaces what the file held, which can't be brought back")
        ],
        risk: .medium,
        input: [
            "type": "object",
            "properties": [
                "file_path": PathArgument.schema(
                    "The file: relative to the workspace, or absolute and inside of it."),
                "content": [
                    "type": "string", "maxLength": .integer(FileRequest.maximumBytes),
                    "description": "The text, all of it.",
                ],
                "overwrite": [
                    "type": "boolean", "default": false,
                    "description": "Replace the file when it exists.",
                ],
            ],
            "required": ["file_path", "content"],
            "additionalProperties": false,
        ],
        output: ResultSchema.object([
            "path": ResultSchema.text, "bytes": ResultSchema.count, "created": ResultSchema.flag,
        ]),
        profile: "interpreter",
        hints: .init(readOnly: false, destructive: true, idempotent: true, openWorld: false),
        divergences: [
            "At most \(FileRequest.maximumBytes >> 20) MiB; upstream has no limit.",
            "The file appears whole or not at all; upstream can leave a part of it.",
        ])

    static func plan(
        _ arguments: JSONObject, _ setting: Setting
    ) throws(ToolError) -> Plan {
        let path = try PathArgument.read(
            "file_path", arguments["file_path"]?.asString ?? "", setting)
        let content = Array((arguments["content"]?.asString ?? "").utf8)
        guard content.count <= FileRequest.maximumBytes else {
            throw ToolError("content: at most \(FileRequest.maximumBytes) bytes")
        }
        let overwrite = arguments["overwrite"]?.asBool ?? false
        return Plan(.files(.write(path, content, overwrite: overwrite)), limits: setting.limits)
    }

    static func reply(to done: Done, of plan: Plan) -> Reply {
        guard case .files(.written(let path, let bytes, let isNew)) = done else {
            return .refused(done)
        }
        let what = isNew ? "a new file" : "replaced"
        return Reply(
            "Wrote \(path.printable): \(Quantity.kilobytes(bytes)) (\(bytes) bytes), \(what).",
            ["path": .string(path), "bytes": .integer(bytes), "created": .bool(isNew)])
    }
}
