// session_tree: what came of a session.

import Notation
import Wire

/// The snapshots that a session belongs to, and the sessions alive on them.
enum SessionTreeTool: Tool {
    static let name = "session_tree"

    static let declaration = Declaration(
        name: name,
        title: "Show a session's snapshots",
        description: """
            Shows the snapshots around a session as a tree, with the ids that \
            \(SessionRollback.name) and \(SessionBranch.name) take, and the sessions that live on \
            them. For the sessions alone use \(ListSessions.name).
            """,
        published: .read, effective: .read, risk: .low,
        input: [
            "type": "object",
            "properties": [
                "session_id": SessionArgument.schema(
                    "The session whose tree is shown.", preset: SessionArgument.preset)
            ],
            "additionalProperties": false,
        ],
        output: ResultSchema.object([
            "snapshots": ResultSchema.list(of: SnapshotState.schema),
            "sessions": ResultSchema.list(of: SessionState.schema),
        ]),
        profile: "interpreter",
        hints: .init(readOnly: true, destructive: false, idempotent: true, openWorld: false))

    static func plan(
        _ arguments: JSONObject, _ setting: Setting
    ) throws(ToolError) -> Plan {
        Plan(.sessions(.tree(try SessionArgument.session(arguments))), limits: setting.limits)
    }

    static func reply(to done: Done, of plan: Plan) -> Reply {
        guard case .sessions(.tree(let tree)) = done else { return .refused(done) }
        let heading = tree.snapshots.isEmpty ? "No snapshots yet." : "Snapshots and sessions:"
        return Reply(
            ([heading] + tree.outline).joined(separator: "\n"),
            [
                "snapshots": .array(tree.snapshots.map(\.fields)),
                "sessions": .array(tree.sessions.map(\.fields)),
            ])
    }
}
