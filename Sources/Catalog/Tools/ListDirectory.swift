// list_directory: the Python files beneath a directory of the workspace.

import Notation

/// Lists Python files by folder.
enum ListDirectory: Tool {
    static let name = "list_directory"

    static let declaration = Declaration(
        name: name,
        title: "List Python files",
        upstream: .interpreter,
        description: """
            Lists the Python files (names ending in .py) in and beneath a directory of the \
            workspace, by folder, with their sizes. Other files are not listed. To read one use \
            \(ReadFile.name). Links are not followed; very long lists are cut, and it is said.
            """,
        published: .read, effective: .read, risk: .low,
        input: [
            "type": "object",
            "properties": [
                "directory_path": PathArgument.schema(
                    """
                    The directory: relative to the workspace, or absolute and inside of it. Empty: \
                    the workspace.
                    """, preset: "")
            ],
            "additionalProperties": false,
        ],
        output: ResultSchema.object([
            "directory": ResultSchema.text,
            "count": ResultSchema.count,
            "files": ResultSchema.list(
                of: ResultSchema.part([
                    "path": ResultSchema.text, "bytes": ResultSchema.count,
                    "modified": ResultSchema.optionalText,
                ])),
            "truncated": ResultSchema.flag,
        ]),
        profile: "interpreter",
        hints: .init(readOnly: true, destructive: false, idempotent: true, openWorld: false),
        divergences: [
            "No emoji; the time of the last change is in the fields.",
            "The list has an end: a cut one says so.",
        ])

    static func plan(
        _ arguments: JSONObject, _ setting: Setting
    ) throws(ToolError) -> Plan {
        let path = arguments["directory_path"]?.asString ?? ""
        try PathArgument.requireWorkspace("directory_path", setting)
        let directory = path.isEmpty ? "" : try PathArgument.read("directory_path", path, setting)
        return Plan(.files(.list(directory)), limits: setting.limits)
    }

    static func reply(to done: Done, of plan: Plan) -> Reply {
        guard case .files(.listing(let listing)) = done else { return .refused(done) }
        let (list, shown) = listing.lines
        let isCut = listing.isCut || shown.count < listing.files.count
        let directory = listing.directory.printable
        let heading =
            shown.isEmpty
            ? "No Python files \(isCut ? "seen so far " : "")in \(directory)."
            : "Python files in \(directory):\n\(list.text)"
        return Reply(
            heading,
            [
                "directory": .string(listing.directory), "count": .integer(Int64(shown.count)),
                "files": .array(shown.map(\.fields)), "truncated": .bool(isCut),
            ],
            notes: isCut ? [cutNote(shown.count)] : [])
    }

    private static func cutNote(_ shown: Int) -> String {
        "the list ends after \(shown) files, and there may be more; name a smaller directory"
    }
}
