// session_rollback: a session as it was.

import Notation
import Wire

/// Puts a session back to a snapshot; what it did since is given up.
enum SessionRollback: Tool {
    static let name = "session_rollback"

    static let declaration = Declaration(
        name: name,
        title: "Go back to a snapshot",
        description: """
            Puts a session back to a snapshot: every variable is as it was then, and what came \
            after is gone for good. To keep both use \(SessionBranch.name). Files in the scratch \
            directory and in the workspace stay as they are.
            """,
        published: .write, effective: .write, risk: .low,
        input: [
            "type": "object",
            "properties": [
                "session_id": SessionArgument.schema(
                    "The session to put back.", preset: SessionArgument.preset),
                "snapshot_id": SessionArgument.schema(
                    """
                    The snapshot, as \(SessionCheckpoint.name) or \(SessionTreeTool.name) told it. \
                    Without it, the one that the session was last at.
                    """),
            ],
            "additionalProperties": false,
        ],
        output: ResultSchema.object([
            "session": SessionState.schema, "snapshot": SnapshotState.schema,
        ]),
        profile: "interpreter",
        hints: .init(readOnly: false, destructive: true, idempotent: true, openWorld: false))

    static func plan(
        _ arguments: JSONObject, _ setting: Setting
    ) throws(ToolError) -> Plan {
        let request = SessionRequest.rollback(
            try SessionArgument.session(arguments),
            to: try SessionArgument.read("snapshot_id", arguments))
        return Plan(.sessions(request), limits: setting.limits)
    }

    static func reply(to done: Done, of plan: Plan) -> Reply {
        guard case .sessions(.rolledBack(let session, let snapshot)) = done else {
            return .refused(done)
        }
        return Reply(
            "Session '\(session.id.printable)' is back at snapshot \(snapshot.words).",
            ["session": session.fields, "snapshot": snapshot.fields])
    }
}
