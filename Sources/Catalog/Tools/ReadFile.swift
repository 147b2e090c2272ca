// read_file: a file of the workspace.

import Notation

/// Gives a file's text, or an excerpt of one that is no text.
enum ReadFile: Tool {
    static let name = "read_file"
    private static let presetKilobytes: Int64 = 1024
    private static let mostKilobytes = FileRequest.maximumBytes / 1024

    static let declaration = Declaration(
        name: name,
        title: "Read a file",
        upstream: .interpreter,
        description: """
            Reads one file of the workspace, whole: text as it is, and of a file that is no text \
            its size and the first \(FileContent.shownDigits / 2) bytes as hexadecimal digits. \
            Which Python files there are tells \(ListDirectory.name). Links are not followed.
            """,
        published: .read, effective: .read, risk: .medium,
        input: [
            "type": "object",
            "properties": [
                "file_path": PathArgument.schema(
                    "The file: relative to the workspace, or absolute and inside of it."),
                "max_size_kb": [
                    "type": "integer", "minimum": 1, "default": .integer(presetKilobytes),
                    "description": .string(
                        "A file larger than so many KB (of 1024 bytes) is refused. More than "
                            + "\(mostKilobytes) is lowered to that, and the result says so."),
                ],
            ],
            "required": ["file_path"],
            "additionalProperties": false,
        ],
        output: ResultSchema.object([
            "path": ResultSchema.text,
            "bytes": ResultSchema.count,
            "encoding": ["type": "string", "enum": ["utf-8", "hex"]],
            "content": ResultSchema.text,
            "truncated": ResultSchema.flag,
        ]),
        profile: "interpreter",
        hints: .init(readOnly: true, destructive: false, idempotent: true, openWorld: false),
        divergences: [
            "The caller's size limit has a ceiling of \(mostKilobytes) KB.",
            "A file with a NUL byte counts as binary.",
            "Every text has a fence, longer than any in the file; upstream fences some endings.",
        ])

    static func plan(
        _ arguments: JSONObject, _ setting: Setting
    ) throws(ToolError) -> Plan {
        let path = try PathArgument.read(
            "file_path", arguments["file_path"]?.asString ?? "", setting)
        let asked = arguments["max_size_kb"].map { $0.integralValue ?? Int64.max }
        let kilobytes = min(asked ?? presetKilobytes, mostKilobytes)
        let notes =
            kilobytes == asked ?? presetKilobytes
            ? [] : ["max_size_kb lowered to \(mostKilobytes), the most there is"]
        return Plan(
            .files(.read(path, maximumBytes: max(1, kilobytes) * 1024)), limits: setting.limits,
            notes: notes)
    }

    static func reply(to done: Done, of plan: Plan) -> Reply {
        guard case .files(.content(let file)) = done else { return .refused(done) }
        let text = file.textContent
        let digits = text == nil ? file.digits : ""
        let size = Quantity.kilobytes(Int64(file.bytes.count))
        let shown: String
        if let text {
            shown = "File: \(file.path.printable)\n\n\(file.fenced(text))"
        } else {
            shown = """
                Binary file: \(file.path.printable), \(size) (\(file.bytes.count) bytes). The \
                first \(digits.utf8.count) hexadecimal digits:
                \(digits)
                """
        }
        return Reply(
            shown,
            [
                "path": .string(file.path), "bytes": .integer(Int64(file.bytes.count)),
                "encoding": text == nil ? "hex" : "utf-8", "content": .string(text ?? digits),
                "truncated": .bool(text == nil && digits.utf8.count < 2 * file.bytes.count),
            ], notes: plan.notes)
    }
}
